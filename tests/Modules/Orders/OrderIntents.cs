using OpenHall.Customers;
using OpenHall.Orders;

namespace OpenHall.Tests.Modules.Orders;

public static class OrderIntents
{
    private static readonly string[] Counter = ["orders.see", "orders.take", "orders.work", "orders.reverse", "customers.see", "customers.open", "bills.see", "payments.take"];
    private static readonly string[] Field = ["orders.see", "orders.work", "customers.see"];

    extension(MoneyHall money)
    {
        public Person Taker => money.Hall.As(Guid.CreateVersion7(), money.HallId, Counter).Holding("clerk");

        public Person Engineer => money.Hall.As(Guid.CreateVersion7(), money.HallId, Field).Holding("field_engineer");

        public Person OfPost(string post) => money.Hall.As(Guid.CreateVersion7(), money.HallId, [.. Field, "bills.see", "customers.open", "bill.adjust"]).Holding(post);

        public Task<AcceptOrder.Accepted> Accept(string service, string? account, Dictionary<string, string> data, params string[] papers) =>
            money.Taker.Do((AcceptOrder accept) => accept.Handle(new(Guid.CreateVersion7(), service, account, null, null, data, papers)));

        public Task<AcceptOrder.Accepted> AcceptNew(string service, string name, string phone, Dictionary<string, string> data, params string[] papers) =>
            money.Taker.Do((AcceptOrder accept) => accept.Handle(new(Guid.CreateVersion7(), service, null, null, new CustomerFields(CustomerKind.Person, name, null, phone, true), data, papers)));
    }

    extension(Person person)
    {
        /// <summary>Claims the stage and finishes it.</summary>
        public async Task<FinishStage.Finished> Does(string number, string stage, Dictionary<string, string>? data = null)
        {
            await person.Moves(number, OrderAction.Claim);
            return await person.Do((FinishStage finish) => finish.Handle(new(Guid.CreateVersion7(), number, stage, data ?? [])));
        }

        public Task<OrderState> Moves(string number, OrderAction action, string? words = null, string? to = null) =>
            person.Do((MoveOrder move) => move.Handle(new(Guid.CreateVersion7(), number, action, words, to)));
    }
}
