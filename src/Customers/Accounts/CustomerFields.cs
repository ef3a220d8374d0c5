using System.Text.RegularExpressions;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Customers;

/// <summary>What a form says of a customer.</summary>
/// <param name="PaperNumber">Resident ID or social credit code; empty: not shown.</param>
public sealed record CustomerFields(CustomerKind Kind, string? Name, string? PaperNumber, string? Phone, bool HasConsented)
{
    /// <summary>The same, trimmed and in the form kept.</summary>
    /// <param name="mistakes">Gets all that is wrong, each with its field.</param>
    public CustomerFields Checked(List<Refused> mistakes)
    {
        var name = (Name ?? "").Trim();
        var paper = (PaperNumber ?? "").Trim().ToUpperInvariant();
        if (name.Length == 0) mistakes.Add(new("customer.name_missing") { Field = "Name" });
        if (name.Length > Customer.MostNameLength) mistakes.Add(new("customer.name_too_long", Customer.MostNameLength) { Field = "Name" });
        if (paper.Length > 0 && !(Kind == CustomerKind.Person ? ResidentId.TryParse(paper, out _) : SocialCreditCode.TryParse(paper, out _)))
            mistakes.Add(new(Kind == CustomerKind.Person ? "customer.id_wrong" : "customer.credit_code_wrong") { Field = "PaperNumber" });
        if (!PhoneNumber.TryParse(Phone, out var phone)) mistakes.Add(new("customer.phone_wrong") { Field = "Phone" });
        if (!HasConsented) mistakes.Add(new("customer.consent_missing") { Field = "HasConsented" });
        return this with { Name = name, PaperNumber = paper.Length == 0 ? null : paper, Phone = phone?.Number };
    }
}

/// <summary>What a form says of a supply point.</summary>
public sealed partial record SupplyPointFields(
    string? MeterNumber, short MeterDigits, int Multiplier, string? Address, string? TariffCode, Voltage Voltage, short Persons, string? FreeQuotaKind, bool IsCombinedMeter, bool ChoosesCombinedPrice, int? ContractKva = null)
{
    public const int MostAddressLength = 200;

    /// <summary>A supply point as it stands.</summary>
    public static SupplyPointFields Of(SupplyPoint p) =>
        new(p.MeterNumber, p.MeterDigits, p.Multiplier, p.Address, p.TariffCode, p.Voltage, p.Persons, p.FreeQuotaKind, p.IsCombinedMeter, p.ChoosesCombinedPrice, p.ContractKva);

    /// <inheritdoc cref="CustomerFields.Checked"/>
    public SupplyPointFields Checked(List<Refused> mistakes, Tariffs tariffs)
    {
        var meter = (MeterNumber ?? "").Trim().ToUpperInvariant();
        var address = (Address ?? "").Trim();
        if (!MeterPattern().IsMatch(meter)) mistakes.Add(new("meter.number_wrong") { Field = "MeterNumber" });
        if (MeterDigits is < 4 or > 9) mistakes.Add(new("meter.digits_wrong") { Field = "MeterDigits" });
        if (Multiplier is < 1 or > 100_000) mistakes.Add(new("meter.multiplier_wrong") { Field = "Multiplier" });
        if (address.Length is 0 or > MostAddressLength) mistakes.Add(new("supply.address_wrong", MostAddressLength) { Field = "Address" });
        if (ContractKva is < 1 or > 1_000_000) mistakes.Add(new("supply.capacity_wrong") { Field = "ContractKva" });
        if (Persons is < 0 or > 99) mistakes.Add(new("supply.persons_wrong") { Field = "Persons" });
        var tariff = tariffs.Find(TariffCode ?? "");
        if (tariff is null) mistakes.Add(new("supply.tariff_unknown") { Field = "TariffCode" });
        var quota = string.IsNullOrWhiteSpace(FreeQuotaKind) ? null : FreeQuotaKind;
        if (tariff is not null && quota is not null && !QuotasOf(tariff.Tariff).Any(q => q.Kind == quota)) mistakes.Add(new("supply.quota_unknown") { Field = "FreeQuotaKind" });
        return this with { MeterNumber = meter, Address = address, FreeQuotaKind = quota };
    }

    /// <summary>Free quotas that the tariff's newest version knows.</summary>
    public static IReadOnlyList<FreeQuota> QuotasOf(Tariff tariff) => [.. tariff.Versions[^1].Charges.OfType<EnergyCharge>().SelectMany(c => c.FreeQuotas)];

    [GeneratedRegex("^[A-Z0-9-]{4,30}$")]
    private static partial Regex MeterPattern();
}
