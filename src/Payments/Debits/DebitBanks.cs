using System.Text;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>One field of a line in a bank's file.</summary>
/// <param name="Field">What stands there: <see cref="DebitBanks.OutFields"/>, <see cref="DebitBanks.BackFields"/>.</param>
/// <param name="Width">Bytes of a fixed column in the file's encoding; 0: as long as it is.</param>
/// <param name="IsRight">Set right in its column.</param>
/// <param name="Text">Of the field <c>text</c>.</param>
public sealed record DebitColumn(string Field, int Width, bool IsRight, bool HasZeros, string Text);

/// <summary>Why a bank did not collect.</summary>
/// <param name="IsRetried">It is asked again after some days; otherwise only when the agreement was renewed.</param>
/// <param name="Ends">The agreement is over: there is no such account, the customer withdrew it.</param>
public sealed record DebitReason(string Code, LocalText Name, bool IsRetried, bool Ends);

/// <summary>代扣银行: how a bank wants to be asked and how it answers.</summary>
/// <param name="FileName">With {bank}, {date} and {batch}.</param>
/// <param name="Separator">Between fields; empty: columns of fixed width.</param>
/// <param name="Head">Line before the items; empty: none.</param>
/// <param name="SkipBack">Lines of the answer before its first item.</param>
/// <param name="Done">Codes of items that were collected whole.</param>
/// <param name="ReturnFee">What an account pays when the bank takes back what it had collected; null: nothing.</param>
public sealed record DebitBank(
    string Code, LocalText Name, Encoding Encoding, string FileName, string Separator, IReadOnlyList<DebitColumn> Head, IReadOnlyList<DebitColumn> Lines,
    string SeparatorBack, int SkipBack, IReadOnlyList<DebitColumn> Back, IReadOnlySet<string> Done, IReadOnlyDictionary<string, DebitReason> Reasons, Fee? ReturnFee = null);

/// <summary>Banks of direct debits and the rule of asking again, from the packs' <c>debits.yaml</c>.</summary>
public sealed class DebitBanks
{
    public static readonly IReadOnlyList<string> OutFields = ["sequence", "reference", "account", "holder", "amount_fen", "amount_yuan", "date", "batch", "count", "total_fen", "total_yuan", "text"];
    public static readonly IReadOnlyList<string> BackFields = ["reference", "account", "asked_fen", "asked_yuan", "collected_fen", "collected_yuan", "code", "ignored"];

    private readonly List<DebitBank> _banks = [];

    static DebitBanks() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public IReadOnlyList<DebitBank> All => _banks;

    /// <summary>Refusals in a row after which an account is not asked any more.</summary>
    public int MostRefusals { get; private set; } = 3;

    /// <summary>Days from a refusal to the next try.</summary>
    public int AfterDays { get; private set; } = 3;

    /// <summary>Days after the collection for which reminders wait for the bank's answer.</summary>
    public int AnswerDays { get; private set; } = 5;

    public DebitBank? Find(string code) => _banks.Find(b => b.Code == code);

    public static DebitBanks Read(Packs packs)
    {
        var banks = new DebitBanks();
        foreach (var file in packs.Files("debits.yaml"))
        {
            var retry = file.Optional("retry");
            (banks.MostRefusals, banks.AfterDays) = (retry.Number("mostRefusals", banks.MostRefusals), retry.Number("afterDays", banks.AfterDays));
            if (banks.MostRefusals is < 1 or > 20 || banks.AfterDays is < 0 or > 90) retry.Error("mostRefusals is from 1 to 20, afterDays from 0 to 90");
            banks.AnswerDays = file.Number("answerDays", banks.AnswerDays);
            if (banks.AnswerDays is < 0 or > 30) file.Error("answerDays is from 0 to 30");
            foreach (var node in file["banks"].Items)
            {
                var bank = Bank(node);
                if (banks.Find(bank.Code) is not null) node.Error($"bank '{bank.Code}' is there twice");
                banks._banks.Add(bank);
            }
        }

        return banks;
    }

    private static DebitBank Bank(PackNode node)
    {
        var (ask, back) = (node["out"], node["back"]);
        var encoding = node.Text("encoding") switch { "GBK" => Encoding.GetEncoding("GB18030"), "UTF-8" => new UTF8Encoding(false), _ => null };
        if (encoding is null) node.Error("encoding is GBK or UTF-8");
        var (separator, separatorBack) = (ask.TextOrNull("separator") ?? "", back.TextOrNull("separator") ?? "");
        var bank = new DebitBank(
            node.Text("code"), node.Local("name"), encoding ?? Encoding.UTF8, ask.Text("file"), separator, Columns(ask.Optional("head"), OutFields, separator), Columns(ask["columns"], OutFields, separator),
            separatorBack, back.Number("skip", 0), Columns(back["columns"], BackFields, separatorBack), back.Texts("done").ToHashSet(),
            back["reasons"].Items.Select(r => new DebitReason(r.Text("code"), r.Local("name"), r.Flag("retry"), r.Flag("ends"))).ToDictionary(r => r.Code), ReturnFee(back));
        if (!bank.Back.Any(c => c.Field == "reference") || !bank.Back.Any(c => c.Field == "code") || !bank.Back.Any(c => c.Field is "collected_fen" or "collected_yuan")) back.Error("an answer has reference, code and collected_fen or collected_yuan");
        if (!bank.Lines.Any(c => c.Field == "reference")) ask.Error("reference has to be among the columns: answers are known by it");
        if (bank.Done.Count == 0) back.Error("done needs a code");
        return bank;
    }

    private static Fee? ReturnFee(PackNode back)
    {
        if (!back.Has("returnFee")) return null;
        var node = back["returnFee"];
        var fee = new Fee("debit-return", new(node.Local("name").Zh, node.Local("name").En), node.Yuan("yuan"));
        if (fee.Amount <= Money.Zero) node.Error("yuan is above 0");
        return fee;
    }

    private static List<DebitColumn> Columns(PackNode node, IReadOnlyList<string> fields, string separator)
    {
        var columns = new List<DebitColumn>();
        foreach (var item in node.Items)
        {
            var column = new DebitColumn(item.Text("field"), item.Number("width", 0), item.Flag("right"), item.Flag("zeros"), item.TextOrNull("text") ?? "");
            if (!fields.Contains(column.Field)) item.Error($"field is one of {string.Join(", ", fields)}");
            if (separator.Length == 0 && column.Width < 1) item.Error("without a separator each column has a width");
            columns.Add(column);
        }

        return columns;
    }
}
