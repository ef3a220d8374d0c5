using CsCheck;
using OpenHall.Kernel;
using OpenHall.Rating;
using static OpenHall.Tests.Kernels.PackTariffs;

namespace OpenHall.Tests.Kernels;

public class PostAndFareTests
{
    static readonly CompiledPost Post = All.Posts["post.china"];

    static long Letter(int grams, bool local) => Post.Rate(new("letter", grams) { Origin = "010", Destination = local ? "010" : "021" }).Total.Fen;

    [Fact]
    public void Letters_pay_each_started_step()
    {
        Assert.Equal(80, Letter(1, local: true));
        Assert.Equal(80, Letter(20, local: true));
        Assert.Equal(160, Letter(21, local: true));
        Assert.Equal(400, Letter(100, local: true)); // 5 × 0.80
        Assert.Equal(520, Letter(101, local: true)); // 4.00 + 1.20
        Assert.Equal(600, Letter(100, local: false)); // 5 × 1.20
        Assert.Equal(600 + 19 * 200, Letter(2000, local: false)); // 19 × 2.00 beyond 100 g
        Assert.Equal("post.too_heavy", Post.Rate(new("letter", 2001)).Show());
    }

    [Fact]
    public void Printed_matter_and_tables()
    {
        Assert.Equal(1_20 + 2 * 40, Post.Rate(new("printed", 250)).Total.Fen); // first 100 g, two steps begun
        Assert.Equal(4_00, Post.Rate(new("hmt-letter", 51)).Total.Fen);
        Assert.Equal(55_80, Post.Rate(new("hmt-letter", 2000)).Total.Fen);
        Assert.Equal(3_50 + 1_30, Post.Rate(new("hmt-printed", 21)).Total.Fen);
        Assert.Equal(5_00 + 3 * 1_00, Post.Rate(new("air-letter", 45) { Destination = "JP" }).Total.Fen); // 20 g, then 10 + 10 + 5
        Assert.Equal(6_00, Post.Rate(new("air-letter", 20) { Destination = "NO" }).Total.Fen);
        Assert.Equal("post.no_zone", Post.Rate(new("air-letter", 20) { Destination = "XX" }).Show());
    }

    [Fact]
    public void A_parcels_band_is_chosen_by_its_whole_weight()
    {
        static long Parcel(int grams, string to) => Post.Rate(new("parcel", grams) { Origin = "CN-BJ", Destination = to }).Total.Fen;
        Assert.Equal(5_00, Parcel(1000, "CN-BJ"));
        Assert.Equal(5_00 + 9 * 1_00, Parcel(10_000, "CN-BJ"));
        Assert.Equal(5_00 + 10 * 2_00, Parcel(10_001, "CN-BJ")); // ten steps at the 10–20 kg price
        Assert.Equal(10_00 + 49 * 8_00, Parcel(50_000, "CN-XZ"));
        Assert.Equal("post.too_heavy", Post.Rate(new("parcel", 50_001) { Origin = "CN-BJ", Destination = "CN-BJ" }).Show());
    }

    [Fact]
    public void Volume_counts_when_it_is_heavier_and_a_credential_lowers_the_base_only()
    {
        // 60,000 cm³ / 6,000 = 10 kg: 6 + 9 × 1.5 = 19.50; student 80 %: −3.90; insurance 1 % of 1,234.56 = 12.3456
        var item = new MailItem("parcel", 3000) { Origin = "CN-BJ", Destination = "CN-TJ", Cm3 = 60_000, Credential = "STUDENT_ID", Extras = ["insurance-parcel", "registration"], DeclaredYuan = 1234.56m };
        Assert.Equal("Postage 10000×19.5=19.50 + Discount 19.5×-0.2=-3.90 + Extra 1×12.3456=12.35 = 27.95", Post.Rate(item).Show());
    }

    [Fact]
    public void Extras_follow_their_rules()
    {
        string With(params string[] extras) => Post.Rate(new("letter", 20) { Extras = extras, DeclaredYuan = 50 }).Show();
        Assert.Equal("Postage 20×1.2=1.20 + Extra 1×3=3.00 + Extra 1×3=3.00 = 7.20", With("registration", "advice"));
        Assert.Equal("post.extra_needs", With("advice"));
        Assert.Equal("Postage 20×1.2=1.20 + Extra 1×3=3.00 + Extra 1×1=1.00 = 5.20", With("registration", "insurance-letter")); // 0.50, at least 1.00
        Assert.Equal("post.extra_excludes", With("registration", "insurance-letter", "appointed"));
        Assert.Equal("Postage 20×1.2=1.20 + Extra 1×1=0.00 = 1.20", With("poste-restante"));
        Assert.Equal("post.extra_not_offered", With("insurance-parcel"));
        // abroad: three started hundreds at 1 yuan, and 18 for handling
        Assert.Contains("Extra 1×21=21.00", Post.Rate(new("air-letter", 20) { Destination = "US", Extras = ["registration", "insurance-abroad"], DeclaredYuan = 250 }).Show());
    }

    [Fact]
    public void Heavier_is_never_cheaper_within_a_product() =>
        Gen.Select(Gen.Int[0, Post.Tariff.Products.Count - 1], Gen.Int[1, 1999]).Sample((at, grams) =>
        {
            var item = new MailItem(Post.Tariff.Products[at].Code, grams) { Origin = "CN-BJ", Destination = Post.Tariff.Products[at].Code == "air-letter" ? "US" : "CN-XJ" };
            Assert.True(Post.Rate(item with { Grams = grams + 1 }).Total >= Post.Rate(item).Total);
        });

    static readonly FareTariff Metro = All.Fares["citycard.beijing.metro"];

    [Theory]
    [InlineData(0, 3)]
    [InlineData(6, 3)]
    [InlineData(6.1, 4)]
    [InlineData(12, 4)]
    [InlineData(22, 5)]
    [InlineData(32, 6)]
    [InlineData(32.1, 7)]
    [InlineData(52, 7)]
    [InlineData(52.1, 8)]
    public void Metro_fares_by_distance(double km, int yuan) => Assert.Equal(yuan * 100, Metro.Ride((decimal)km, null, 0).Total.Fen);

    [Fact]
    public void The_months_spending_before_the_ride_sets_the_discount()
    {
        long Ride(decimal spent) => Metro.Ride(10, "card", spent).Total.Fen;
        Assert.Equal(4_00, Ride(0));
        Assert.Equal(4_00, Ride(99.99m)); // the ride that passes 100 still pays in full
        Assert.Equal(3_20, Ride(100));
        Assert.Equal(2_00, Ride(150));
        Assert.Equal(4_00, Ride(400));
        // the other reading: 1 yuan in full, 3 at 80 %
        Assert.Equal(3_40, (Metro with { BoundRide = BoundRide.Divided }).Ride(10, "card", 99).Total.Fen);
    }

    [Fact]
    public void A_bus_ride_by_card()
    {
        var bus = All.Fares["citycard.beijing.bus"];
        Assert.Equal(2_00, bus.Ride(10, null, 0).Total.Fen);
        Assert.Equal(3_00, bus.Ride(15, null, 0).Total.Fen);
        Assert.Equal(1_50, bus.Ride(15, "card", 0).Total.Fen);
        Assert.Equal(75, bus.Ride(15, "student", 0).Total.Fen);
    }

    [Fact]
    public void Returning_a_card_pays_balance_and_deposit_less_the_fee()
    {
        var rules = new CardRules(new(20_00)) { RefundFeeShare = 0.1m, RefundFeeMinimum = new(1_00), RefundFeeMaximum = new(10_00), Bonuses = [(new(100_00), new(5_00)), (new(200_00), new(15_00))] };
        Assert.Equal((new Money(50_00), new Money(5_00), new Money(20_00), new Money(65_00)), rules.Refund(new(50_00), isDamaged: false));
        Assert.Equal(new Money(4_00), rules.Refund(new(5_00), isDamaged: true).Total); // at least 1.00, no deposit
        Assert.Equal(new Money(20_00), rules.Refund(Money.Zero, isDamaged: false).Total);
        Assert.Equal(new Money(50), rules.Refund(new(50), isDamaged: false).Fee); // never more than is there
        Assert.Equal((0, 5_00, 15_00), (rules.BonusOf(new(99_99)).Fen, rules.BonusOf(new(100_00)).Fen, rules.BonusOf(new(500_00)).Fen));
    }
}
