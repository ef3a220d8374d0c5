using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>Reads telecom plans.</summary>
static class TelecomReader
{
    public static TelecomPlan Read(YamlEntry plan)
    {
        plan.Only("code", "name", "from", "notice", "source", "monthlyFee", "allowances", "overages", "firstMonth", "roundsAllowancesUp", "minimumSpend",
            "numberKeepingFee", "memberFee", "rounding");
        return new(plan["code"].Text(), plan["name"].Both(), plan["from"].Date(), plan["notice"].Text(), plan["source"].Text(), plan["monthlyFee"].Number())
        {
            Allowances = [.. plan["allowances"].Items().Select(a =>
            {
                a.Only("code", "service", "quantity", "rollsOver");
                return new Allowance(a["code"].Text(), a["service"].TextOrNull() ?? a["code"].Text(), a["quantity"].Number(), a["rollsOver"].Flag());
            })],
            Overages = [.. plan["overages"].Items().Select(o =>
            {
                o.Only("service", "unit", "perUnit", "step", "block", "blockCap", "startedBlockCounts", "laterBlocksWhole", "daily", "dayCap", "monthCap");
                return new Overage(o["service"].Text(), o["unit"].Text(), o["perUnit"].Number())
                {
                    Step = o["step"].NumberOrNull() ?? 0,
                    Block = o["block"].NumberOrNull() ?? 0,
                    BlockCap = o["blockCap"].NumberOrNull(),
                    StartedBlockCounts = o["startedBlockCounts"].Flag(),
                    LaterBlocksWhole = o["laterBlocksWhole"].Flag(),
                    Daily = o["daily"].Flag(),
                    DayCap = o["dayCap"].NumberOrNull(),
                    MonthCap = o["monthCap"].NumberOrNull(),
                };
            })],
            FirstMonth = plan["firstMonth"].Word(PartMonthFee.Days),
            RoundsAllowancesUp = plan["roundsAllowancesUp"].Flag(otherwise: true),
            MinimumSpend = plan["minimumSpend"].NumberOrNull(),
            NumberKeepingFee = plan["numberKeepingFee"].NumberOrNull(),
            MemberFee = plan["memberFee"].NumberOrNull() ?? 0,
            Rounding = plan["rounding"].Word(Rounding.Line),
        };
    }
}
