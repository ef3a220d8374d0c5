using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>One row between the start of a bill run and whoever bills an account anew: a run rests on the bills before it, so none begins while those change.
/// Acts of re-billing keep it together; a start has it alone, for as long as writing down the run takes.</summary>
public sealed class BillRunGate
{
    public short Id { get; private init; } = 1;

    /// <summary>Until the command ends no run begins; runs that began before are seen from now on.</summary>
    public static async Task KeepShut(HallDb db, CancellationToken ct) => _ = await db.Set<BillRunGate>().HoldShared(g => g.Id == 1, ct) ?? throw new Refused("run.not_found");

    /// <summary>Waits for those who keep it shut.</summary>
    public static Task<BillRunGate> Pass(HallDb db, CancellationToken ct) => db.Set<BillRunGate>().Hold(g => g.Id == 1, orRefuse: "run.not_found", ct);
}

sealed class BillRunGateMap : IEntityTypeConfiguration<BillRunGate>
{
    public void Configure(EntityTypeBuilder<BillRunGate> gate)
    {
        gate.ToTable("bill_run_gate").Property(g => g.Id).ValueGeneratedNever();
        gate.Check("one_row", "id = 1");
        gate.HasData(new BillRunGate());
    }
}
