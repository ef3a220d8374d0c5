namespace OpenHall.Ledger;

/// <summary>Nature of an account: which side makes it grow, and whether a year end empties it.</summary>
public enum AccountNature
{
    /// <summary>资产: grows on the debit side.</summary>
    Asset,
    /// <summary>负债: grows on the credit side.</summary>
    Liability,
    /// <summary>所有者权益: grows on the credit side.</summary>
    Equity,
    /// <summary>收入: grows on the credit side; emptied by the close.</summary>
    Income,
    /// <summary>费用: grows on the debit side; emptied by the close.</summary>
    Expense,
    /// <summary>清算往来: between the hall's books and the customers' accounts; both sides together are always zero.</summary>
    Clearing,
}

/// <param name="Code">1001.</param>
public sealed record LedgerAccount(string Code, AccountNature Nature)
{
    public bool GrowsByDebit => Nature is AccountNature.Asset or AccountNature.Expense or AccountNature.Clearing;

    public bool IsClosedAtYearEnd => Nature is AccountNature.Income or AccountNature.Expense;
}

/// <summary>会计科目表: the accounts that entries may name.</summary>
public sealed class ChartOfAccounts(IEnumerable<LedgerAccount> accounts)
{
    private readonly Dictionary<string, LedgerAccount> _accounts = accounts.ToDictionary(a => a.Code);

    public IEnumerable<LedgerAccount> All => _accounts.Values.OrderBy(a => a.Code, StringComparer.Ordinal);

    public bool Has(string code) => _accounts.ContainsKey(code);

    /// <exception cref="KeyNotFoundException">No such account in the chart.</exception>
    public LedgerAccount this[string code] => _accounts.TryGetValue(code, out var account) ? account : throw new KeyNotFoundException($"Account {code} is not in the chart.");
}

/// <summary>Codes that the program itself posts to; a chart without one of them is refused at start.</summary>
public static class AccountCodes
{
    /// <summary>库存现金: tills and safe.</summary>
    public const string Cash = "1001";
    /// <summary>银行存款: bank card takings.</summary>
    public const string Bank = "1002";
    /// <summary>其他货币资金: WeChat, Alipay; the sub-account is the channel.</summary>
    public const string Channels = "1012";
    /// <summary>应收账款.</summary>
    public const string Receivable = "1122";
    /// <summary>坏账准备: allowance for bad debts; written-off bills stand on its debit side.</summary>
    public const string BadDebtAllowance = "1231";
    /// <summary>清算往来 between the hall's books and the customers' accounts.</summary>
    public const string Clearing = "1131";
    /// <summary>待处理长短款; the sub-account is the clerk's staff number.</summary>
    public const string ShortOver = "1901";
    /// <summary>预收账款: customers' balances.</summary>
    public const string CustomerBalance = "2203";
    /// <summary>本年利润.</summary>
    public const string ProfitOfYear = "4103";
    /// <summary>利润分配.</summary>
    public const string Retained = "4104";
    /// <summary>主营业务收入.</summary>
    public const string Revenue = "6001";
    /// <summary>滞纳金收入 (违约金).</summary>
    public const string LateFeeIncome = "6051";

    /// <summary>Each code with the nature it must have.</summary>
    public static readonly IReadOnlyDictionary<string, AccountNature> Required = new Dictionary<string, AccountNature>
    {
        [Cash] = AccountNature.Asset, [Bank] = AccountNature.Asset, [Channels] = AccountNature.Asset, [Receivable] = AccountNature.Asset,
        [Clearing] = AccountNature.Clearing, [BadDebtAllowance] = AccountNature.Asset, [ShortOver] = AccountNature.Asset, [CustomerBalance] = AccountNature.Liability,
        [ProfitOfYear] = AccountNature.Equity, [Retained] = AccountNature.Equity, [Revenue] = AccountNature.Income, [LateFeeIncome] = AccountNature.Income,
    };
}
