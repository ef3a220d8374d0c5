using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;
using OpenHall.Payments;
using OpenHall.Reconciliation;

namespace OpenHall.Tests.Modules;

public class ImportStatementTests
{
    private static readonly string[] Rights = ["bank.see", "bank.import", "bank.accounts", "findings.settle"];

    private sealed record Desk(MoneyHall Money, Person Finance, Guid WeChat, Guid Bank)
    {
        public Task<ImportStatement.Imported> Import(string text, Guid? account = null, Guid? requestId = null) =>
            Finance.Do((ImportStatement import) => import.Handle(requestId ?? Guid.CreateVersion7(), account, "账单.csv", Encoding.UTF8.GetBytes(text)));

        public Task<List<MoneyFinding>> Findings() => Money.Hall.Read(db => db.MoneyFindings.Where(f => f.State == FindingState.Open).OrderBy(f => f.Kind).ThenBy(f => f.Id).ToListAsync());
    }

    private static async Task<Desk> Open(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var finance = hall.As(Guid.CreateVersion7(), money.HallId, Rights);
        var wechat = await finance.Do((AddMoneyAccount add) => add.Handle(new(Guid.CreateVersion7(), "微信商户", MoneyAccountKind.WeChat, "1900000109", null)));
        var bank = await finance.Do((AddMoneyAccount add) => add.Handle(new(Guid.CreateVersion7(), "工行基本户", MoneyAccountKind.Bank, "1202021109900012345", null)));
        return new(money, finance, wechat, bank);
    }

    private static async Task<List<ChannelOrder>> PaidByCode(Desk desk, int payments)
    {
        var clerk = await desk.Money.OpenTill();
        for (var n = 0; n < payments; n++)
        {
            var account = await desk.Money.Account(0, bills: 88_00);
            await MoneyHall.Pay(clerk, new(Guid.CreateVersion7(), account, [], null, null, [new(TenderKind.WeChat, 88_00, Code: "130000000000000010")]));
        }

        return await desk.Money.Hall.Read(db => db.ChannelOrders.Where(o => o.State == ChannelOrderState.Ok).OrderBy(o => o.Id).ToListAsync());
    }

    private static string File(IEnumerable<(ChannelOrder Order, long Fen)> lines) => "交易时间,商户号,微信订单号,商户订单号,交易状态,应结订单金额,退款金额\n"
        + string.Concat(lines.Select(l => string.Create(CultureInfo.InvariantCulture, $"`{l.Order.AskedAtUtc.AddHours(8):yyyy-MM-dd HH:mm:ss},`1900000109,`{l.Order.Reference},`{l.Order.Id:N},`SUCCESS,`{l.Fen / 100m:0.00},`0.00\n")));

    [Theory, BothDatabases]
    public async Task Exactly_the_planted_differences_of_a_channel_become_findings(TestHall hall)
    {
        var desk = await Open(hall);
        var orders = await PaidByCode(desk, 6);
        // One missing, one wrong by a fen, one that nobody took.
        var file = File([.. orders.Skip(1).Select((o, n) => (o, n == 0 ? 88_01L : 88_00L))]) + $"`{orders[0].AskedAtUtc.AddHours(8):yyyy-MM-dd HH:mm:ss},`1900000109,`4200009999,`nobody0001,`SUCCESS,`88.00,`0.00\n";
        var imported = await desk.Import(file);
        Assert.Equal((6, 6, 4, 3), (imported.Lines, imported.NewLines, imported.Matched, imported.Findings));
        var findings = await desk.Findings();
        Assert.Equal([FindingKind.AmountDiffers, FindingKind.OnlyInBooks, FindingKind.OnlyInStatement], findings.Select(f => f.Kind).OrderBy(k => k.ToString(), StringComparer.Ordinal));
        var missing = findings.Single(f => f.Kind == FindingKind.OnlyInBooks);
        var clerk = await hall.Read(db => db.TillSessions.Select(t => t.ClerkId).SingleAsync());
        Assert.Equal(("order:" + orders[0].Id.ToString("N"), clerk, new Money(-88_00)), (missing.ItemKey, missing.OwnerId, missing.Difference));

        // The same again, and once more with the line that was missing: nothing twice, and the finding ends by itself.
        Assert.Equal((0, 0, 0), await desk.Import(file) is var again ? (again.NewLines, again.Matched, again.Findings) : default);
        var later = await desk.Import(file + File([(orders[0], 88_00)]).Split('\n')[1] + "\n");
        Assert.Equal((1, 1, 0), (later.NewLines, later.Matched, later.Findings));
        Assert.Equal([FindingKind.AmountDiffers, FindingKind.OnlyInStatement], (await desk.Findings()).Select(f => f.Kind));
        Assert.Equal(FindingState.Vanished, await hall.Read(db => db.MoneyFindings.Where(f => f.Id == missing.Id).Select(f => f.State).SingleAsync()));
        Assert.Equal(7, await hall.Read(db => db.StatementLines.CountAsync()));
    }

    [Theory, BothDatabases]
    public async Task A_finding_is_handed_over_and_closed_once(TestHall hall)
    {
        var desk = await Open(hall);
        await PaidByCode(desk, 1);
        await desk.Import(File([]) + "`2026-03-31 09:00:00,`1900000109,`4200009999,`nobody0001,`SUCCESS,`88.00,`0.00\n");
        var finding = (await desk.Findings()).Single(f => f.Kind == FindingKind.OnlyInStatement);
        var owner = await hall.Read(db => db.Users.FirstAsync());
        await desk.Finance.Do((GiveFinding give) => give.Handle(new(Guid.CreateVersion7(), finding.Id, owner.Id, new DateOnly(2030, 1, 1))));
        Assert.Equal("finding.note_missing", (await Assert.ThrowsAsync<Refused>(() => desk.Finance.Do((SettleFinding settle) => settle.Handle(new(Guid.CreateVersion7(), finding.Id, FindingCause.GivenBack, " "))))).Code);
        await desk.Finance.Do((SettleFinding settle) => settle.Handle(new(Guid.CreateVersion7(), finding.Id, FindingCause.GivenBack, "已退回顾客")));
        Assert.Equal("finding.ended", (await Assert.ThrowsAsync<Refused>(() => desk.Finance.Do((SettleFinding settle) => settle.Handle(new(Guid.CreateVersion7(), finding.Id, FindingCause.Other, "再结一次"))))).Code);
        // Compared anew it stays closed.
        Assert.Equal(0, (await desk.Finance.Do((CompareAccount compare) => compare.Handle(new(Guid.CreateVersion7(), desk.WeChat)))).Findings);
    }

    [Theory, BothDatabases]
    public async Task Card_slips_of_a_day_arrive_as_one_line_at_the_bank(TestHall hall)
    {
        var desk = await Open(hall);
        var clerk = await desk.Money.OpenTill();
        for (var n = 0; n < 3; n++)
        {
            var account = await desk.Money.Account(0, bills: 100_00 + n);
            await MoneyHall.Pay(clerk, new(Guid.CreateVersion7(), account, [], null, null, [new(TenderKind.Card, 100_00 + n, Reference: $"POS00000{n}")]));
        }

        hall.Clock.SetTo(new DateTime(2026, 4, 10, 2, 0, 0, DateTimeKind.Utc));
        var imported = await desk.Import("账号：1202021109900012345\n交易日期,借方发生额,贷方发生额,余额,摘要,对方户名\n2026-04-01,,300.03,1300.03,POS结算,银联商务\n2026-04-05,5.00,,1295.03,手续费,工商银行\n");
        Assert.Equal((2, 1, 1), (imported.NewLines, imported.Matched, imported.Findings));
        Assert.Equal([(MatchReason.GroupSum, 4)], await hall.Read(db => db.StatementMatches.GroupBy(m => m.Reason).Select(g => new ValueTuple<MatchReason, int>(g.Key, g.Count())).ToListAsync()));
        Assert.Equal(-5_00, (await desk.Findings()).Single().StatementFen);
    }

    [Theory, BothDatabases]
    public async Task A_file_with_a_mistake_writes_no_line_and_a_file_of_another_account_is_told(TestHall hall)
    {
        var desk = await Open(hall);
        var wrong = await desk.Import("交易日期,收入,支出,余额\n2026-03-30,50.00,,50.00\n2026-03-31,5.00,,55.10\n", desk.Bank);
        Assert.Equal((1, 0), (wrong.Mistakes, wrong.NewLines));
        Assert.Equal(0, await hall.Read(db => db.StatementLines.CountAsync()));
        var other = await desk.Import("账号：6222020200099998888\n交易日期,收入,支出,余额\n2026-03-30,50.00,,50.00\n", desk.Bank);
        Assert.Equal("statement.other_account", Assert.Single(await hall.Read(db => db.Statements.SingleAsync(s => s.Id == other.StatementId)) is { } s ? s.MistakeNotes() : []).Code);
        var id = Guid.CreateVersion7();
        var first = await desk.Import("交易日期,收入,支出,余额\n2026-03-30,50.00,,50.00\n", desk.Bank, id);
        Assert.Equal(first, await desk.Import("交易日期,收入,支出,余额\n2026-03-30,50.00,,50.00\n", desk.Bank, id));
        Assert.Equal("statement.account_unclear", (await Assert.ThrowsAsync<Refused>(() => desk.Import("账号：999\n微信支付\n交易日期,收入,支出,余额,账号\n2026-03-30,50.00,,50.00,777777777\n"))).Code);
    }
}
