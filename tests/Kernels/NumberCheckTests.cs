using CsCheck;
using OpenHall.Kernel;

namespace OpenHall.Tests.Kernels;

public class NumberCheckTests
{
    [Theory]
    [InlineData("11010519491231002X", "1949-12-31", Sex.Female)] // the example of GB 11643-1999
    [InlineData("440524188001010014", "1880-01-01", Sex.Male)] // the standard's second example
    [InlineData("360426199101010071", "1991-01-01", Sex.Male)] // vector of python-stdnum
    public void A_citizen_number_of_the_standard_is_read(string number, string born, Sex sex)
    {
        Assert.True(ResidentId.TryParse(number.ToLowerInvariant(), out var id));
        Assert.Equal(DateOnly.Parse(born, System.Globalization.CultureInfo.InvariantCulture), id.BirthDate);
        Assert.Equal(sex, id.Sex);
        Assert.DoesNotContain(number[4..14], id.ToString());
    }

    [Theory]
    [InlineData("110105194912310021")] // check character
    [InlineData("11010519490231002X")] // 31 February
    [InlineData("99010519491231002X")] // no such province
    [InlineData("1101051949123100")]
    [InlineData("１１０１０５１９４９１２３１００２X")] // full-width digits
    [InlineData(null)]
    public void A_wrong_citizen_number_is_not(string? number) => Assert.False(ResidentId.TryParse(number, out _));

    [Fact]
    public void Any_single_wrong_digit_of_a_citizen_number_is_noticed() =>
        Gen.Select(Gen.Int[0, 16], Gen.Int[1, 9]).Sample((at, add) =>
        {
            var digits = "11010519491231002X".ToCharArray();
            digits[at] = (char)('0' + (digits[at] - '0' + add) % 10);
            Assert.NotEqual('X', ResidentId.CheckCharacter(digits));
        });

    [Fact]
    public void Age_changes_on_the_birthday()
    {
        Assert.True(ResidentId.TryParse("11010519491231002X", out var id));
        Assert.Equal(75, id.AgeOn(new(2025, 12, 30)));
        Assert.Equal(76, id.AgeOn(new(2025, 12, 31)));
    }

    [Theory]
    [InlineData("91350100M000100Y43", true)] // the example of GB 32100-2015
    [InlineData("91110000600037341L", true)] // vector of python-stdnum
    [InlineData("91110000600037341N", false)]
    [InlineData("9111000060003734OL", false)] // letter O
    [InlineData("9111000060003734", false)]
    public void A_social_credit_code_is_checked(string code, bool valid) => Assert.Equal(valid, SocialCreditCode.TryParse(code, out _));

    [Theory]
    [InlineData("79927398713", true)] // the well-known example of ISO/IEC 7812
    [InlineData("4111111111111111", true)]
    [InlineData("79927398710", false)]
    [InlineData("7", false)]
    public void Luhn_is_checked(string number, bool valid) => Assert.Equal(valid, Luhn.IsValid(number));

    [Fact]
    public void Two_neighbours_swapped_are_noticed_by_Luhn_but_09_and_90() =>
        Gen.Int[0, 9].Array[15].Select(Gen.Int[0, 13]).Sample((digits, at) =>
        {
            var text = string.Concat(digits);
            var full = text + Luhn.CheckDigit(text);
            var (a, b) = (digits[at], digits[at + 1]);
            var swapped = full[..at] + b + a + full[(at + 2)..];
            Assert.Equal(a == b || (a, b) is (0, 9) or (9, 0), Luhn.IsValid(swapped));
        });

    [Theory]
    [InlineData("RR 473 124 829 GB", true)] // the example of the UPU page on S10
    [InlineData("rr473124829gb", true)]
    [InlineData("RR473124828GB", false)]
    [InlineData("R1473124829GB", false)]
    public void An_item_number_is_checked(string number, bool valid) => Assert.Equal(valid, UpuS10.TryParse(number, out _));

    [Theory]
    [InlineData("138 0013 8000", "13800138000", PhoneKind.Mobile, MobileOperator.ChinaMobile)]
    [InlineData("+86-13490000000", "13490000000", PhoneKind.Mobile, MobileOperator.ChinaTelecom)]
    [InlineData("17050000000", "17050000000", PhoneKind.MobileVirtual, MobileOperator.ChinaMobile)]
    [InlineData("17405000000", "17405000000", PhoneKind.Mobile, MobileOperator.ChinaTelecom)]
    [InlineData("1440012345678", "1440012345678", PhoneKind.MobileData, MobileOperator.ChinaMobile)]
    [InlineData("(010)6552 9988", "010-65529988", PhoneKind.Landline, null)]
    [InlineData("+86 10 65529988", "010-65529988", PhoneKind.Landline, null)]
    [InlineData("0755-82012345", "0755-82012345", PhoneKind.Landline, null)]
    [InlineData("09911234567", null, PhoneKind.Landline, null)] // a local number does not begin with 1
    [InlineData("4006100000", "4006100000", PhoneKind.Hotline400, null)]
    [InlineData("95598", "95598", PhoneKind.Hotline95, null)]
    [InlineData("12800138000", null, PhoneKind.Mobile, null)]
    [InlineData("1380013800", null, PhoneKind.Mobile, null)]
    [InlineData("", null, PhoneKind.Mobile, null)]
    public void A_phone_number_is_read(string text, string? number, PhoneKind kind, MobileOperator? issuer)
    {
        Assert.Equal(number is not null, PhoneNumber.TryParse(text, out var phone));
        if (phone is null) return;
        Assert.Equal((number, kind, issuer), (phone.Number, phone.Kind, phone.Operator));
    }

    [Theory]
    [InlineData("张三丰", "张*")]
    [InlineData("", "")]
    public void A_name_is_masked(string name, string masked) => Assert.Equal(masked, Masked.Name(name));

    [Fact]
    public void Numbers_and_addresses_are_masked()
    {
        Assert.Equal("1101**********0014", Masked.ResidentId("110105194912310014"));
        Assert.Equal("138****8000", Masked.Phone("13800138000"));
        Assert.Equal("010-****9988", Masked.Phone("010-65529988"));
        Assert.Equal("北京市东城区景山前街****", Masked.Address("北京市东城区景山前街4号"));
        Assert.Equal("示例县和平镇****", Masked.Address("示例县和平镇新村12号"));
        Assert.DoesNotContain("12", Masked.Address("某某12"));
    }
}
