using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Tests.Modules;

public class CompareTariffsTests
{
    [Theory, BothDatabases]
    public async Task A_year_is_rated_by_every_tariff_open_to_the_account_cheapest_first(TestHall hall)
    {
        var account = await hall.OpenAccount(place: CustomerIntents.Place() with { TariffCode = "power.shanghai.resident" });
        await hall.Read(account, new(2026, 1, 31), 300, peak: 100, valley: 200);
        await hall.Bill(202601);
        var found = await hall.As(BillRunIntents.Biller).Do((CompareTariffs compare) => compare.Of(account.AccountNumber));
        Assert.Equal(["power.shanghai.resident-tou", "power.shanghai.resident"], found.Ways.Select(w => w.Code));
        // 100 at 0.617 and 200 at 0.307 against 300 at 0.617.
        Assert.Equal((new Money(123_10), new Money(185_10), new Money(62_00)), (found.Ways[0].Total, found.Ways[1].Total, found.Ways[0].Saves));
        Assert.Equal(185_10, Assert.Single(await hall.Bills()).AmountFen);
    }
}
