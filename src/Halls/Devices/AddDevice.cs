using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Halls;

/// <summary>Adds a kiosk, board, second screen or printer; its link opens its page without sign-in.</summary>
public sealed class AddDevice(Work work, Current current)
{
    [Needs("admin.halls")]
    public sealed record Command(Guid RequestId, Guid HallId, DeviceKind Kind, string Name, Guid? CounterId) : ICommand;

    /// <exception cref="Refused">hall.not_found; hall.out_of_reach; device.name_missing; device.name_taken; device.counter_missing; counter.not_found</exception>
    public Task<Guid> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        await db.HallInReach(current, command.HallId, ct);
        await Devices.Check(db, command.HallId, null, command.Name, command.CounterId, ct);
        var device = new Device(command.HallId, command.Kind, command.Name, command.CounterId);
        db.Add(device);
        (db.HallOfCommand, db.Subject) = (command.HallId, device.Name);
        return device.Id;
    }, ct);
}

/// <summary>Changes a device; a new key ends its old link.</summary>
public sealed class ChangeDevice(Work work, Current current)
{
    [Needs("admin.halls")]
    public sealed record Command(Guid RequestId, Guid DeviceId, string Name, Guid? CounterId, bool IsRetired, bool NewKey) : ICommand;

    /// <exception cref="Refused">device.not_found; hall.out_of_reach; device.name_missing; device.name_taken; device.counter_missing; counter.not_found</exception>
    public Task<Guid> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var device = await db.Devices.Hold(d => d.Id == command.DeviceId, orRefuse: "device.not_found", ct);
        await db.HallInReach(current, device.HallId, ct);
        await Devices.Check(db, device.HallId, device.Id, command.Name, command.CounterId, ct);
        device.Change(command.Name, command.CounterId);
        device.Retire(command.IsRetired);
        if (command.NewKey) device.RenewKey();
        (db.HallOfCommand, db.Subject) = (device.HallId, device.Name);
        return device.Id;
    }, ct);
}

public static class Devices
{
    internal static async Task Check(HallDb db, Guid hallId, Guid? deviceId, string name, Guid? counterId, CancellationToken ct)
    {
        var trimmed = name.Trim();
        Refused.IfField(await db.Devices.AnyAsync(d => d.HallId == hallId && d.Name == trimmed && d.Id != deviceId, ct), "name", "device.name_taken");
        Refused.IfField(counterId is not null && !await db.Counters.AnyAsync(c => c.Id == counterId && c.HallId == hallId, ct), "counterId", "counter.not_found");
    }

    /// <summary>The device of a link, of that kind.</summary>
    /// <exception cref="Refused">device.not_found</exception>
    public static async Task<Device> DeviceOf(this HallDb db, string key, DeviceKind kind, CancellationToken ct = default) =>
        await db.Devices.SingleOrDefaultAsync(d => d.Key == key && d.Kind == kind && !d.IsRetired, ct) ?? throw new Refused("device.not_found");
}
