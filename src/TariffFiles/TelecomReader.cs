using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>Reads telecom plans.</summary>
static class TelecomReader
{
    public static TelecomPlan Read(YamlEntry plan)
    {
        plan.Only("code", "name", "from", "notice", "source", "monthlyFee", "allowances", "overages", "firstMonth", "roundsAllowancesUp", "minimumSpend",
            "minimumPart", "numberKeepingFee", "numberKeepingPart", "memberFee", "membersIncluded", "lastMonth", "partMonthAllowances", "oneOffs", "discounts", "rounding");
        return new(plan["code"].Text(), plan["name"].Both(), plan["from"].Date(), plan["notice"].Text(), plan["source"].Text(), plan["monthlyFee"].Number())
        {
            Allowances = [.. plan["allowances"].Items().Select(Allowance)],
            Overages = [.. plan["overages"].Items().Select(Overage)],
            OneOffs = [.. plan["oneOffs"].Items().Select(o => new PlanOneOff(o.Only("code", "name", "yuan")["code"].Text(), o["name"].Both(), o["yuan"].Number()))],
            Discounts = [.. plan["discounts"].Items().Select(Discount)],
            LastMonth = plan["lastMonth"].Exists ? plan["lastMonth"].Word(PartMonthFee.Days) : null,
            PartMonthAllowances = plan["partMonthAllowances"].Exists ? plan["partMonthAllowances"].Word(PartMonthFee.Days) : null,
            MinimumPart = plan["minimumPart"].Word(PartMonth.Full),
            NumberKeepingPart = plan["numberKeepingPart"].Word(PartMonth.Full),
            MembersIncluded = plan["membersIncluded"].WholeOrNull() ?? 1,
            FirstMonth = plan["firstMonth"].Word(PartMonthFee.Days),
            RoundsAllowancesUp = plan["roundsAllowancesUp"].Flag(otherwise: true),
            MinimumSpend = plan["minimumSpend"].NumberOrNull(),
            NumberKeepingFee = plan["numberKeepingFee"].NumberOrNull(),
            MemberFee = plan["memberFee"].NumberOrNull() ?? 0,
            Rounding = plan["rounding"].Word(Rounding.Line),
        };
    }

    static Allowance Allowance(YamlEntry allowance)
    {
        allowance.Only("code", "service", "quantity", "rollsOver", "rolledUse", "rollsAtMost", "roundsUpTo", "shared");
        return new(allowance["code"].Text(), allowance["service"].TextOrNull() ?? allowance["code"].Text(), allowance["quantity"].Number(), allowance["rollsOver"].Flag())
        {
            RolledUse = allowance["rolledUse"].Word(RolledUse.First),
            RoundsUpTo = allowance["roundsUpTo"].NumberOrNull() ?? 1,
            RollsAtMost = allowance["rollsAtMost"].NumberOrNull(),
            Shared = allowance["shared"].Pairs().ToDictionary(p => p.Key, p => p.Value.Number()),
        };
    }

    static Overage Overage(YamlEntry overage)
    {
        overage.Only("service", "unit", "perUnit", "step", "block", "blockCap", "startedBlockCounts", "laterBlocksWhole", "tiers", "bundles", "bundleRule", "daily", "dayCap", "monthCap");
        var bundles = overage["bundles"].Items().Select(b => new OverageBundle(b.Only("size", "yuan")["size"].Number(), b["yuan"].Number())).ToList();
        return new(overage["service"].Text(), overage["unit"].Text(), bundles.Count > 0 ? 0 : overage["perUnit"].Number())
        {
            Step = overage["step"].NumberOrNull() ?? 0,
            Block = overage["block"].NumberOrNull() ?? 0,
            BlockCap = overage["blockCap"].NumberOrNull(),
            StartedBlockCounts = overage["startedBlockCounts"].Flag(),
            LaterBlocksWhole = overage["laterBlocksWhole"].Flag(),
            Tiers = [.. overage["tiers"].Items().Select(t => new OverageTier(t.Only("upTo", "perUnit")["upTo"].Number(), t["perUnit"].Number()))],
            Bundles = bundles,
            BundleRule = overage["bundleRule"].Word(BundleRule.InOrder),
            Daily = overage["daily"].Flag(),
            DayCap = overage["dayCap"].NumberOrNull(),
            MonthCap = overage["monthCap"].NumberOrNull(),
        };
    }

    static PlanDiscount Discount(YamlEntry discount)
    {
        discount.Only("code", "name", "percent", "yuan", "from", "to", "fromMonth", "toMonth", "fromMembers", "toMembers");
        return new(discount["code"].Text(), discount["name"].Both())
        {
            Percent = discount["percent"].NumberOrNull() ?? 0,
            Yuan = discount["yuan"].NumberOrNull() ?? 0,
            From = discount["from"].DateOrNull(),
            To = discount["to"].DateOrNull(),
            FromMonth = discount["fromMonth"].WholeOrNull(),
            ToMonth = discount["toMonth"].WholeOrNull(),
            FromMembers = discount["fromMembers"].WholeOrNull() ?? 0,
            ToMembers = discount["toMembers"].WholeOrNull(),
        };
    }
}
