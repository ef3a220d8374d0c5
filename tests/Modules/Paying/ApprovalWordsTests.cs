using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Host;
using OpenHall.Payments;

namespace OpenHall.Tests.Modules.Paying;

/// <summary>What the second person reads before she agrees.</summary>
public class ApprovalWordsTests
{
    private static IEnumerable<string> FourEyes() =>
        from type in HallApp.Modules.SelectMany(m => m.Assembly.GetTypes()).Distinct()
        where type.GetCustomAttribute<FourEyesAttribute>() is not null
        select (type.DeclaringType ?? type).Name;

    [Fact]
    public async Task Every_act_of_four_eyes_has_a_name_and_words()
    {
        await using var hall = await BothDatabasesAttribute.OnSqlite();
        await using var scope = hall.Services.CreateAsyncScope();
        var described = scope.ServiceProvider.GetServices<IDescribeApproval>().Select(d => d.Operation).ToHashSet();
        var texts = hall.Services.GetRequiredService<Texts>();
        Assert.NotEmpty(FourEyes());
        Assert.Empty(FourEyes().Where(o => !described.Contains(o)).Select(o => $"{o}: no IDescribeApproval"));
        Assert.Empty(FourEyes().Where(o => !texts.Has("operation." + o)).Select(o => $"operation.{o} is missing"));
    }

    [Theory, BothDatabases]
    public async Task Amount_masked_customer_receipt_and_reason_stand_in_both_languages(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, bills: [88_50]);
        var paid = await MoneyHall.Pay(clerk, account, 100_00, 88_50);
        var reverse = new ReversePayment.Command(Guid.CreateVersion7(), account, paid.PaymentId, "金额输错");
        await BothSay(hall, nameof(ReversePayment), reverse, (88_50, $"/receipt/{paid.ReceiptNumber}"), paid.ReceiptNumber!, "王*", "88.50", "金额输错", "测试");

        var counted = new Dictionary<int, int> { [10000] = 3, [10] = 5 };
        await BothSay(hall, nameof(CloseTillFor), new CloseTillFor.Command(Guid.CreateVersion7(), clerk.TillId, counted, "送医"), (300_50, "/settlement"), "测试", "300.50", "2026-03-31", "送医");
        await money.Close(clerk, wrongFen: -2_00);
        await BothSay(hall, nameof(ReopenTill), new ReopenTill.Command(Guid.CreateVersion7(), clerk.TillId, "漏点硬币"), (-2_00, "/settlement"), "测试", "-2.00", "漏点硬币");
        var day = await hall.Read(db => db.BusinessDays.SingleAsync());
        await BothSay(hall, nameof(ReopenBusinessDay), new ReopenBusinessDay.Command(Guid.CreateVersion7(), day.Id, "漏记一笔"), (null, "/day"), "2026-03-31", "漏记一笔");
        await BothSay(hall, nameof(CreateToken), new CreateToken.Command(Guid.CreateVersion7(), "报表系统", ["bills.see"], DataScope.OwnUnit, "/zj/", null, 90), (null, null), "报表系统", "bills.see", "/zj/", "90");
    }

    private static async Task BothSay<T>(TestHall hall, string operation, T command, (long? Fen, string? Href) about, params string[] words)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            var said = new HashSet<string>();
            foreach (var language in new[] { "zh-CN", "en" })
            {
                CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
                await using var scope = hall.Services.CreateAsyncScope();
                var describer = scope.ServiceProvider.GetServices<IDescribeApproval>().Single(d => d.Operation == operation);
                var content = await describer.Describe(JsonSerializer.SerializeToElement(command), default);
                Assert.NotNull(content);
                Assert.Equal(about, (content.Amount?.Fen, content.Href));
                Assert.All(words, word => Assert.Contains(word, content.Words, StringComparison.Ordinal));
                said.Add(content.Words);
            }

            Assert.Equal(2, said.Count);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
