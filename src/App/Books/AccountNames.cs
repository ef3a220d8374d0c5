using OpenHall.Ledger;

namespace OpenHall.App;

/// <summary>The chart of accounts of the packs (<c>accounts.yaml</c>) with its names.</summary>
public sealed class AccountNames
{
    private readonly Dictionary<string, LocalText> _names = [];

    private AccountNames(ChartOfAccounts chart) => Chart = chart;

    public ChartOfAccounts Chart { get; }

    public LocalText this[string code] => _names.TryGetValue(code, out var name) ? name : new(code, code);

    /// <summary>Reads the chart; a code that is there twice, a nature that is none, or an account that the program posts to and is missing is an error of the packs.</summary>
    public static AccountNames Read(Packs packs)
    {
        var accounts = new Dictionary<string, LedgerAccount>();
        var names = new List<(string Code, LocalText Name)>();
        foreach (var file in packs.Files("accounts.yaml"))
        {
            foreach (var (code, node) in file.Entries)
            {
                var nature = node.Text("nature");
                if (!Enum.TryParse<AccountNature>(nature, ignoreCase: true, out var parsed)) node.Error($"nature '{nature}' is none of {string.Join(", ", Enum.GetNames<AccountNature>()).ToLowerInvariant()}");
                if (code.Length > Books.CodeLength) node.Error($"account code '{code}' is longer than {Books.CodeLength}");
                if (!accounts.TryAdd(code, new(code, parsed))) node.Error($"account '{code}' is there twice");
                names.Add((code, node.Local("name")));
            }
        }

        foreach (var (code, nature) in AccountCodes.Required)
        {
            if (!accounts.TryGetValue(code, out var account)) packs.Errors.Add("packs/base/accounts.yaml", 1, $"account {code} is missing");
            else if (account.Nature != nature) packs.Errors.Add("packs/base/accounts.yaml", 1, $"account {code} has to be of nature {nature}".ToLowerInvariant());
        }

        var chart = new AccountNames(new ChartOfAccounts(accounts.Values));
        foreach (var (code, name) in names) chart._names[code] = name;
        return chart;
    }
}
