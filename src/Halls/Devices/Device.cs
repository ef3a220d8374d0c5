using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.Kernel;

namespace OpenHall.Halls;

public enum DeviceKind { Kiosk, Board, SecondScreen, Printer }

/// <summary>设备: a kiosk, board, second screen or printer. Its pages open by its key, without sign-in; a new key shuts out the old link.</summary>
public sealed class Device
{
    private Device() { }

    /// <param name="counterId">Counter it stands at; needed for a second screen.</param>
    public Device(Guid hallId, DeviceKind kind, string name, Guid? counterId)
    {
        (Id, HallId, Kind) = (Guid.CreateVersion7(), hallId, kind);
        Change(name, counterId);
        RenewKey();
    }

    public Guid Id { get; private init; }
    public Guid HallId { get; private init; }
    public DeviceKind Kind { get; private init; }
    public string Name { get; private set; } = "";
    public Guid? CounterId { get; private set; }
    /// <summary>20 characters that nobody guesses (100 bits), part of the device's link.</summary>
    public string Key { get; private set; } = "";
    public bool IsRetired { get; private set; }

    /// <summary>Address of the device's page; null for a printer.</summary>
    public string? Link => Kind switch
    {
        DeviceKind.Kiosk => $"/kiosk/{Key}",
        DeviceKind.Board => $"/board/{Key}",
        DeviceKind.SecondScreen => $"/screen/{Key}",
        _ => null,
    };

    /// <exception cref="Refused">device.name_missing; device.counter_missing</exception>
    public void Change(string name, Guid? counterId)
    {
        Refused.IfField(string.IsNullOrWhiteSpace(name), "name", "device.name_missing");
        Refused.IfField(Kind == DeviceKind.SecondScreen && counterId is null, "counterId", "device.counter_missing");
        (Name, CounterId) = (name.Trim(), counterId);
    }

    /// <summary>Ends the old link.</summary>
    public void RenewKey() => Key = RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 20);

    public void Retire(bool retired) => IsRetired = retired;
}

sealed class DeviceMap : IEntityTypeConfiguration<Device>
{
    public void Configure(EntityTypeBuilder<Device> device)
    {
        device.ToTable("devices");
        device.Property(d => d.Name).HasMaxLength(30);
        device.Property(d => d.Key).HasMaxLength(20);
        device.Ignore(d => d.Link);
        device.HasIndex(d => d.Key).IsUnique();
        device.HasIndex(d => new { d.HallId, d.Name }).IsUnique();
        device.HasOne<Hall>().WithMany().HasForeignKey(d => d.HallId);
        device.HasOne<Counter>().WithMany().HasForeignKey(d => d.CounterId);
    }
}
