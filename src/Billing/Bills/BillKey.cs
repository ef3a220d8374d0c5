using System.Globalization;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>What names a bill: account, period and issue. Its number is made of nothing else, so it is found without a search.</summary>
/// <param name="Period">Month as yyyymm.</param>
/// <param name="Issue">0: the bill of the run; 1, 2 …: bills that replace it.</param>
public readonly record struct BillKey(long AccountId, int Period, short Issue)
{
    public short Bucket => BillingAccount.BucketOf(AccountId);

    /// <summary>账单号: yyyymm, issue, account id (ten digits), Luhn check digit.</summary>
    public string Number
    {
        get
        {
            var digits = string.Create(CultureInfo.InvariantCulture, $"{Period:D6}{Issue:D1}{AccountId:D10}");
            return digits + Luhn.CheckDigit(digits);
        }
    }

    public static bool TryParse(string? number, out BillKey key)
    {
        key = default;
        if (number is not { Length: 18 } || !Luhn.IsValid(number)) return false;
        var digits = number.AsSpan();
        key = new(long.Parse(digits[7..17], CultureInfo.InvariantCulture), int.Parse(digits[..6], CultureInfo.InvariantCulture), (short)(digits[6] - '0'));
        return true;
    }
}
