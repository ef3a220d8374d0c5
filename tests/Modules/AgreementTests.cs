using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Kernel;
using OpenHall.Payments;

namespace OpenHall.Tests.Modules;

/// <summary>分期付款协议. The pack: at most 12 parts, 20 % down, 3 days of grace, no late fee while it is kept; another person above 500, the manager above 5000.</summary>
public class AgreementTests
{
    private static readonly DateOnly Today = new(2026, 3, 31);

    /// <summary>Due on 24 February, 35 days ago: 1 ‰ a day.</summary>
    private static Task<long> Debtor(MoneyHall money, params long[] bills) => money.Account(0, Today.AddDays(-35), bills: bills);

    private static async Task<AgreeInstalments.Command> Of(MoneyHall money, long account, int bills, int parts, long down, DateOnly? next = null)
    {
        var rules = money.Hall.Services.GetRequiredService<LateFeeRules>();
        var today = DateOnly.FromDateTime(Shown.Local(money.Hall.Clock.UtcNow));
        var all = await money.Hall.Read(db => db.CustomerBills.Where(b => b.AccountId == account && b.State == BillState.Issued).OrderBy(b => b.Period).Take(bills).ToListAsync());
        return new(Guid.CreateVersion7(), Customers.AccountNumber.Of(account), [.. all.Select(b => b.Number)], all.Sum(b => b.Owing.Fen + b.LateFeeOn(today, rules).Fen), parts, down, next ?? today.AddMonths(1));
    }

    private static async Task<AgreeInstalments.Agreed> Sign(MoneyHall money, AgreeInstalments.Command command)
    {
        var asker = money.Hall.As(Guid.CreateVersion7(), money.HallId, "instalment.agree");
        await money.Approve(asker.UserId, command, nameof(AgreeInstalments), "instalment.approve");
        return await asker.Do((AgreeInstalments agree) => agree.Handle(command));
    }

    private static Task<InstalmentAgreement> Agreement(MoneyHall money, long account) => money.Hall.Read(db => db.InstalmentAgreements.Where(a => a.AccountId == account).OrderByDescending(a => a.Sequence).FirstAsync());

    private static async Task<AgreementStanding> Standing(MoneyHall money, long account) => (await money.Hall.As("bills.see").Do((AgreementList list) => list.OfAccount(account)))[0];

    private static Task<string?> Step(MoneyHall money, long account) => money.Hall.Read(db => db.AccountBalances.Where(b => b.AccountId == account).Select(b => b.ArrearsStep).SingleAsync());

    private static Task<PaymentResult> PayPart(MoneyHall.Clerk clerk, long account, long part, long? amount = null, params string[] bills) =>
        MoneyHall.Pay(clerk, new(Guid.CreateVersion7(), account, bills, null, amount, [new(TenderKind.Card, amount ?? part)], PartFen: part));

    private static async Task<string> Refusal(Task act) => (await Assert.ThrowsAsync<Refused>(() => act)).Code;

    [Fact]
    public void Parts_add_up_to_the_fen_and_the_last_takes_the_rest()
    {
        var terms = InstalmentTerms.Read(Packs.Read(TestHall.PacksFolder, "power"));
        var plan = InstalmentPlan.Of(terms, new(100_01), new(20_01), 4, new DateOnly(2026, 1, 31), new DateOnly(2026, 1, 31).AddMonths(1));
        Assert.Equal([(1, new DateOnly(2026, 1, 31), 20_01L), (2, new(2026, 2, 28), 26_66L), (3, new(2026, 3, 28), 26_66L), (4, new(2026, 4, 28), 26_68L)], plan.Select(p => ((int)p.Number, p.DueOn, p.Amount.Fen)));
        for (var fen = 50L; fen < 3000; fen += 37)
        {
            for (var parts = 2; parts <= 12; parts++)
            {
                var all = InstalmentPlan.Of(terms, new(fen), Money.Max(new(1), terms.LeastDown(new(fen))), parts, new(2026, 1, 31), new(2026, 2, 1));
                Assert.Equal((fen, parts), (all.Sum(p => p.Amount.Fen), all.Count));
                Assert.All(all, p => Assert.True(p.Amount > Money.Zero));
            }
        }
    }

    [Theory, BothDatabases]
    public async Task Limits_of_the_pack_are_refused_each_beside_its_field(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var account = await Debtor(money, 100_00, 50_00);
        var right = await Of(money, account, 2, 3, 50_00);
        Assert.Equal(155_20, right.TotalFen);
        var wrong = await Assert.ThrowsAsync<Refused>(() => Sign(money, right with { Parts = 13, DownFen = 31_03, NextDue = Today }));
        Assert.Equal(["agreement.parts_wrong", "agreement.down_wrong", "agreement.next_due_wrong"], new[] { wrong }.Concat(wrong.Others).Select(r => r.Code));
        Assert.Equal("agreement.too_long", await Refusal(Sign(money, right with { Parts = 12, NextDue = Today.AddMonths(6) })));
        Assert.Equal("agreement.down_wrong", await Refusal(Sign(money, right with { DownFen = 155_20 })));
        Assert.Equal("agreement.total_changed", await Refusal(Sign(money, right with { TotalFen = 155_19 })));
        Assert.Equal("agreement.no_bills", await Refusal(Sign(money, right with { Bills = [] })));
        var notDue = await money.Account(0, Today.AddDays(3), bills: [10_00]);
        Assert.Equal("agreement.bill_not_overdue", await Refusal(Sign(money, await Of(money, notDue, 1, 2, 5_00))));
        await Sign(money, right);
        Assert.StartsWith("FQ", (await Agreement(money, account)).Number, StringComparison.Ordinal);
        Assert.Equal("agreement.already_there", await Refusal(Sign(money, right with { RequestId = Guid.CreateVersion7() })));
    }

    [Theory, BothDatabases]
    public async Task The_amount_says_who_has_to_agree(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var small = await Debtor(money, 400_00);
        var command = await Of(money, small, 1, 3, 100_00);
        await hall.As("instalment.agree").Do((AgreeInstalments agree) => agree.Handle(command));
        var middle = await Of(money, await Debtor(money, 600_00), 1, 3, 300_00);
        Assert.Equal("approval.needed", await Refusal(hall.As("instalment.agree").Do((AgreeInstalments agree) => agree.Handle(middle))));
        Assert.Equal(ApprovalNeed.Usual, middle.NeedOf(hall.Services));
        Assert.Equal(ApprovalNeed.Large, (await Of(money, await Debtor(money, 6000_00), 1, 3, 3000_00)).NeedOf(hall.Services));
    }

    [Theory, BothDatabases]
    public async Task While_it_is_kept_the_ladder_stands_still_and_no_late_fee_comes_up(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await Debtor(money, 100_00);
        await ArrearsTests.Climb(money);
        var agreed = await Sign(money, await Of(money, account, 1, 3, 33_50));
        Assert.Equal(103_50, agreed.TotalFen);
        await PayPart(clerk, account, 33_50);
        hall.Clock.Advance(TimeSpan.FromDays(25));
        await ArrearsTests.Climb(money);
        Assert.Equal(1, await hall.Read(db => db.ArrearsNotices.CountAsync(n => n.AccountId == account)));
        Assert.Equal("reminder", await Step(money, account));
        var bill = await hall.Read(db => db.CustomerBills.SingleAsync(b => b.AccountId == account));
        // The down payment went to the late fee of the signing, 3.50, and then to the bill; nothing came up since.
        Assert.Equal((30_00L, 3_50L, new Money(70_00), Money.Zero, (DateOnly?)Today), (bill.PaidFen, bill.LateFeePaidFen, bill.Owing, bill.LateFeeOn(Today.AddDays(100), hall.Services.GetRequiredService<LateFeeRules>()), bill.LateFeeHeldOn));
        var standing = await Standing(money, account);
        Assert.Equal((Money.Zero, new Money(70_00), new Money(33_50), (short)2), (standing.DueNow, standing.Remaining, standing.Covered, standing.Next!.Part.Part));
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task It_stays_a_cut_off_and_a_missed_part_breaks_it_after_the_grace(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await ArrearsTests.Suspended(money);
        var signed = DateOnly.FromDateTime(Shown.Local(hall.Clock.UtcNow));
        await Sign(money, await Of(money, account, 1, 3, 35_60));
        Assert.Equal((SuspensionState.Withdrawn, "suspension"), ((await ArrearsTests.Order(money, account)).State, await Step(money, account)));
        hall.Clock.Advance(TimeSpan.FromDays(3));
        await ArrearsTests.Climb(money);
        Assert.Equal(AgreementState.Active, (await Agreement(money, account)).State);
        Assert.Equal(SuspensionState.Withdrawn, (await ArrearsTests.Order(money, account)).State);
        hall.Clock.Advance(TimeSpan.FromDays(1));
        await ArrearsTests.Climb(money);
        var agreement = await Agreement(money, account);
        Assert.Equal((AgreementState.Broken, (short?)1), (agreement.State, agreement.MissedPart));
        Assert.Equal((SuspensionState.Ordered, "suspension"), ((await ArrearsTests.Order(money, account)).State, await Step(money, account)));
        var bill = await hall.Read(db => db.CustomerBills.SingleAsync(b => b.AccountId == account));
        Assert.Equal(((short?)null, (DateOnly?)null), (bill.AgreedIn, bill.LateFeeHeldOn));
        Assert.Equal(new Money(6_00), bill.LateFeeOn(signed.AddDays(4), hall.Services.GetRequiredService<LateFeeRules>()));
        Assert.Equal("payment.due_changed", await Refusal(PayPart(clerk, account, 35_60)));
        // A new agreement after a broken one is another's decision, not a bar.
        Assert.EndsWith("-2", (await Sign(money, await Of(money, account, 1, 2, 40_00))).Number, StringComparison.Ordinal);
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task Money_goes_to_due_parts_first_then_to_other_bills_and_last_to_parts_to_come(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await Debtor(money, 100_00, 50_00);
        var first = await Of(money, account, 1, 3, 43_50);
        await Sign(money, first);
        // Nothing ticked: 43.50 for the part, 51.70 for the other bill, the rest to the agreement's.
        await MoneyHall.Pay(clerk, account, 100_00, 100_00);
        var bills = await hall.Read(db => db.CustomerBills.Where(b => b.AccountId == account).OrderBy(b => b.Period).ToListAsync());
        Assert.Equal([(44_80L, 3_50L, BillState.Issued), (50_00L, 1_70L, BillState.Settled)], bills.Select(b => (b.PaidFen, b.LateFeePaidFen, b.State)));
        Assert.Equal(new Money(48_30), (await Standing(money, account)).Covered);
        Assert.Equal("payment.part_or_bill", await Refusal(PayPart(clerk, account, 0, 10_00, MoneyHall.Bill(account, 0))));
        Assert.Equal("payment.due_changed", await Refusal(PayPart(clerk, account, 1)));

        // A part and more: the more goes to the balance, not to parts to come.
        var second = await Debtor(money, 100_00);
        await Sign(money, await Of(money, second, 1, 3, 43_50));
        Assert.Equal(6_50, (await PayPart(clerk, second, 43_50, 50_00)).ToBalanceFen);
        await money.AssertBooksAgree();
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task The_last_payment_keeps_it_and_its_reversal_brings_it_back(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await Debtor(money, 100_00);
        await ArrearsTests.Climb(money);
        await Sign(money, await Of(money, account, 1, 2, 43_50));
        await PayPart(clerk, account, 43_50);
        var last = await MoneyHall.Pay(clerk, new(Guid.CreateVersion7(), account, [MoneyHall.Bill(account, 0)], null, null, [new(TenderKind.Card, 60_00)]));
        Assert.Equal((AgreementState.Kept, (string?)null), ((await Agreement(money, account)).State, await Step(money, account)));
        await money.Reverse(clerk, account, last.PaymentId);
        Assert.Equal((AgreementState.Active, "reminder"), ((await Agreement(money, account)).State, await Step(money, account)));
        Assert.Equal(new Money(60_00), (await Standing(money, account)).Remaining);
        await hall.AssertClean();

        // Kept by a credit, too.
        var command = new AdjustBill.Command(Guid.CreateVersion7(), MoneyHall.Bill(account, 0), AdjustmentKind.Credit, 100_00, AdjustmentReason.Dispute, "协商");
        var asker = hall.As(Guid.CreateVersion7(), money.HallId, "bill.adjust");
        await money.Approve(asker.UserId, command, nameof(AdjustBill), "bill.adjust_approve");
        await asker.Do((AdjustBill adjust) => adjust.Handle(command));
        Assert.Equal(AgreementState.Kept, (await Agreement(money, account)).State);
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task Two_clerks_sign_at_once_and_a_payment_in_between_is_not_overlooked(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await Debtor(money, 100_00);
        var command = await Of(money, account, 1, 3, 43_50);
        async Task<string> Try(Func<Task> act)
        {
            try
            {
                await act();
                return "done";
            }
            catch (Refused refused)
            {
                return refused.Code;
            }
        }

        var outcomes = await Task.WhenAll(Try(() => Sign(money, command)), Try(() => Sign(money, command with { RequestId = Guid.CreateVersion7(), Note = "第二人" })), Try(() => MoneyHall.Pay(clerk, account, 20_00, 20_00)));
        Assert.Equal(1, await hall.Read(db => db.InstalmentAgreements.CountAsync(a => a.AccountId == account)) + (outcomes.Take(2).All(o => o == "agreement.total_changed") ? 1 : 0));
        Assert.True(outcomes.Take(2).Count(o => o == "done") <= 1);
        var bill = await hall.Read(db => db.CustomerBills.SingleAsync(b => b.AccountId == account));
        Assert.Equal(20_00, bill.PaidFen + bill.LateFeePaidFen);
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task A_bill_it_binds_is_neither_raised_nor_billed_anew_and_a_person_ends_it_with_a_reason(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var account = await Debtor(money, 100_00);
        await Sign(money, await Of(money, account, 1, 3, 43_50));
        var command = new AdjustBill.Command(Guid.CreateVersion7(), MoneyHall.Bill(account, 0), AdjustmentKind.Debit, 1_00, AdjustmentReason.Dispute, "补收");
        var asker = hall.As(Guid.CreateVersion7(), money.HallId, "bill.adjust");
        await money.Approve(asker.UserId, command, nameof(AdjustBill), "bill.adjust_approve");
        Assert.Equal("agreement.binds_bill", await Refusal(asker.Do((AdjustBill adjust) => adjust.Handle(command))));
        Task<AgreementState> End(string reason) => hall.As("instalment.agree").Do((EndAgreement end) => end.Handle(new(Guid.CreateVersion7(), account, 1, reason)));
        Assert.Equal("agreement.reason_missing", await Refusal(End(" ")));
        Assert.Equal(AgreementState.Ended, await End("客户要求一次缴清"));
        Assert.Equal("agreement.not_active", await Refusal(End("再来一次")));
        Assert.Null((await hall.Read(db => db.CustomerBills.SingleAsync(b => b.AccountId == account))).AgreedIn);
        await asker.Do((AdjustBill adjust) => adjust.Handle(command));
    }

    [Theory, BothDatabases]
    public async Task Pages_paper_export_and_API_show_it(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        await money.OpenTill();
        await hall.HasStaff("A001", "administrator billing clerk", money.HallId);
        var opened = await money.AccountWithSearch("王小明", "13800000000", 100_00, 50_00);
        // Due on 20 and 21 April; 40 and 39 days late.
        hall.Clock.SetTo(new(2026, 5, 30, 1, 0, 0, DateTimeKind.Utc));
        using var browser = await hall.SignedIn("A001");
        var form = $"/account/{opened.AccountNumber}/agreement";
        var (b1, b2) = ($"{MoneyHall.Bill(opened.AccountId, 0)}:10400", $"{MoneyHall.Bill(opened.AccountId, 1)}:5195");
        Assert.Contains(b1, await browser.Text(form), StringComparison.Ordinal);
        (string, string)[] Fields(string down) => [("AccountNumber", opened.AccountNumber), ("Bills", b1), ("Bills", b2), ("Parts", "3"), ("Down", down), ("NextDue", "2026-06-30")];
        Assert.Contains("agreement.down_wrong", await (await browser.Post(form, "/agreements/sign", Fields("1"))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var signed = await browser.Post(form, "/agreements/sign", Fields("55.95"));
        Assert.Equal(HttpStatusCode.Found, signed.StatusCode);
        var number = $"FQ{opened.AccountNumber}-1";
        foreach (var page in new[] { "/agreements", "/agreements?state=Active", "/agreements?late=yes", $"/agreement/{opened.AccountId}/1", $"/agreement/{opened.AccountId}/1/print", "/account/" + opened.AccountNumber, "/agreements/export?format=csv" })
            Assert.Contains(number, await browser.Text(page), StringComparison.Ordinal);
        Assert.Contains("壹佰伍拾伍元玖角伍分", WebUtility.HtmlDecode(await browser.Text($"/agreement/{opened.AccountId}/1/print")), StringComparison.Ordinal);
        Assert.DoesNotContain("王小明", await browser.Text("/agreements"), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await browser.Text("/api/v1/agreements"));
        Assert.Equal(155_95, json.RootElement.GetProperty("rows")[0].GetProperty("dueFen").GetInt64() + 100_00);
    }

    [Theory]
    [InlineData("instalments: { mostParts: 1, mostDays: 30 }", "mostParts is")]
    [InlineData("instalments: { mostParts: 3, mostDays: 0 }", "mostDays is")]
    [InlineData("instalments: { mostParts: 3, mostDays: 30, leastDownShare: 1 }", "leastDownShare is")]
    [InlineData("instalments: { mostParts: 3, mostDays: 30, lateFee: never }", "lateFee is")]
    [InlineData("instalments: { mostParts: 3, mostDays: 30, approve: { aboveYuan: 9, largeAboveYuan: 8 } }", "largeAboveYuan not less")]
    public void Wrong_terms_are_refused_with_file_and_line(string yaml, string says)
    {
        var folder = Directory.CreateTempSubdirectory("openhall-packs-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "power"));
            File.WriteAllText(Path.Combine(folder.FullName, "power", "billing.yaml"), yaml + "\n");
            var packs = Packs.Read(folder.FullName, "power");
            InstalmentTerms.Read(packs);
            Assert.Contains(packs.Errors.All, e => e.StartsWith("packs/power/billing.yaml:1: ", StringComparison.Ordinal) && e.Contains(says, StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(true);
        }
    }
}
