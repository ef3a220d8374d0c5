using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Orders;

/// <summary>拆表: the final reading ends the supply, its last bill is made and released.</summary>
sealed class EndOfSupply(EndSupply end) : IServiceEffect
{
    public string Name => "supply.end";
    public IReadOnlyList<string> Needs => ["final_reading", "read_on"];

    public async Task<string?> Apply(HallDb db, ServiceOrder order, OrderData data, CancellationToken ct)
    {
        await end.End(db, new(Guid.CreateVersion7(), order.AccountNumber!, Final.Of(db, order, data), 0), isPreviewed: false, ct);
        return null;
    }
}

/// <summary>过户: the last bill of the old customer; the meter goes on under an account of the new one.</summary>
sealed class TransferSupply(EndSupply end) : IServiceEffect
{
    public string Name => "supply.transfer";
    public IReadOnlyList<string> Needs => ["final_reading", "read_on", "new_name", "new_phone"];

    public async Task<string?> Apply(HallDb db, ServiceOrder order, OrderData data, CancellationToken ct)
    {
        var kind = data.Text("new_kind") == "company" ? CustomerKind.Organisation : CustomerKind.Person;
        var next = new CustomerFields(kind, data.Text("new_name"), data.Text("new_paper"), data.Text("new_phone"), true);
        var ended = await end.End(db, new(Guid.CreateVersion7(), order.AccountNumber!, Final.Of(db, order, data), 0, null, next), isPreviewed: false, ct);
        order.Put(new Dictionary<string, string> { ["_new_account"] = ended.NewAccount!, ["_final_bill"] = ended.Bill });
        return null;
    }
}

static class Final
{
    public static FinalReading Of(HallDb db, ServiceOrder order, OrderData data) => new(
        data.Day("read_on", DateOnly.FromDateTime(Shown.Local(db.AtUtc))), data.Number("final_reading"), null, Band(data, "peak"), Band(data, "flat"), Band(data, "valley"), null, order.Number);

    private static decimal? Band(OrderData data, string field) => data.Text(field) is null ? null : data.Number(field);
}

/// <summary>销户: closes the account; nothing may be owed, no balance left.</summary>
sealed class CloseOfAccount(CloseAccount close) : IServiceEffect
{
    public string Name => "account.close";
    public IReadOnlyList<string> Needs => [];

    public async Task<string?> Apply(HallDb db, ServiceOrder order, OrderData data, CancellationToken ct)
    {
        await close.Close(db, new(Guid.CreateVersion7(), order.AccountNumber!, order.Number), ct);
        db.Subject = order.Number;
        return null;
    }
}

/// <summary>更名、资料变更: name, papers, telephone of the customer; taken back to what they were.</summary>
sealed class ChangeOfCustomer(ChangeCustomer change) : IServiceEffect
{
    private sealed record Was(string Name, string? Paper, string Phone);

    public string Name => "customer.change";
    public IReadOnlyList<string> Needs => [];

    public async Task<string?> Apply(HallDb db, ServiceOrder order, OrderData data, CancellationToken ct)
    {
        var customer = await db.Customers.SingleAsync(c => c.Id == order.CustomerId, ct);
        var was = new Was(customer.Name, customer.PaperNumber, customer.Phone);
        var changes = await change.Change(db, new(Guid.CreateVersion7(), customer.Number, new(customer.Kind, data.Text("name"), data.Text("paper"), data.Text("phone"), true)), ct);
        Refused.If(changes == 0, "order.changes_nothing", order.Number);
        db.Subject = order.Number;
        return JsonSerializer.Serialize(was);
    }

    public async Task Undo(HallDb db, ServiceOrder order, string before, CancellationToken ct)
    {
        var was = JsonSerializer.Deserialize<Was>(before)!;
        var customer = await db.Customers.SingleAsync(c => c.Id == order.CustomerId, ct);
        await change.Change(db, new(Guid.CreateVersion7(), customer.Number, new(customer.Kind, was.Name, was.Paper, was.Phone, true)), ct);
        db.Subject = order.Number;
    }
}

/// <summary>智能表预付费: the account pays ahead from now on, with its limits.</summary>
sealed class PayAhead(SetPrepaid set) : IServiceEffect
{
    public string Name => "prepaid.set";
    public IReadOnlyList<string> Needs => ["alert", "stop"];

    public async Task<string?> Apply(HallDb db, ServiceOrder order, OrderData data, CancellationToken ct)
    {
        await set.Set(db, new(Guid.CreateVersion7(), order.AccountNumber!, true, Money.OfYuan(data.Number("alert")).Fen, Money.OfYuan(data.Number("stop")).Fen), ct);
        db.Subject = order.Number;
        return "{}";
    }

    public async Task Undo(HallDb db, ServiceOrder order, string before, CancellationToken ct)
    {
        await set.Set(db, new(Guid.CreateVersion7(), order.AccountNumber!, false), ct);
        db.Subject = order.Number;
    }
}

/// <summary>退补核对: what a meter test found wrong was put right on a bill: its adjustment or re-billing is named and belongs to the account.</summary>
sealed class CorrectionMade : IServiceEffect
{
    public string Name => "bill.corrected";
    public IReadOnlyList<string> Needs => ["finding", "correction"];

    public async Task<string?> Apply(HallDb db, ServiceOrder order, OrderData data, CancellationToken ct)
    {
        if (data.Text("finding") == "good") return null;
        var number = data.Text("correction") ?? throw new Refused("order.correction_missing") { Field = "correction" };
        var (id, bucket, since) = (order.AccountId!.Value, Books.BucketOf(order.AccountId!.Value), order.AcceptedAtUtc);
        var adjusted = (await db.BillAdjustments.Where(a => a.Bucket == bucket && a.AccountId == id && a.AtUtc >= since).ToListAsync(ct)).Exists(a => a.Number == number);
        var rebilled = BillKey.TryParse(number, out var key) && await db.BillReplacements.AnyAsync(r => r.Bucket == bucket && r.AccountId == id && r.Period == key.Period && r.NewIssue == key.Issue && r.AtUtc >= since, ct);
        Refused.IfField(!adjusted && !rebilled, "correction", "order.correction_unknown", number);
        return null;
    }
}
