using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>What was typed at one line: a result, or a figure.</summary>
/// <param name="Figure">As typed; a decimal point, no thousands.</param>
public sealed record Said(DutyResult? Result, decimal? Figure, string? Remark);

/// <summary>Turns what was typed into answers; all mistakes at once.</summary>
public static class Checklist
{
    /// <summary>Name of the field of a line, as a refusal names it.</summary>
    public static string Field(int line) => $"Item{line}";

    /// <param name="said">By line, from 0; a line that is missing was not answered.</param>
    /// <exception cref="Refused">duty.line_unanswered; duty.fault_words_missing; duty.figure_missing; duty.remark_too_long</exception>
    public static IReadOnlyList<DutyAnswer> Read(Guid dutyId, IReadOnlyList<DutyItem> items, IReadOnlyList<Said> said)
    {
        var (answers, mistakes) = (new List<DutyAnswer>(), new List<Refused>());
        for (var i = 0; i < items.Count; i++)
        {
            var (item, told) = (items[i], i < said.Count ? said[i] : new(null, null, null));
            var remark = string.IsNullOrWhiteSpace(told.Remark) ? null : told.Remark.Trim();
            if (Wrong(item, told, remark) is { } code)
            {
                mistakes.Add(new(code, i + 1, item.Name.ToString()) { Field = Field(i) });
                continue;
            }

            var milli = item.IsNumber && told.Result != DutyResult.NotApplicable ? (long?)(told.Figure * DutyItem.Thousandths) : null;
            answers.Add(new()
            {
                DutyId = dutyId, Line = (short)(i + 1), NameZh = item.Name.Zh, NameEn = item.Name.En, Result = ResultOf(item, told, milli), Milli = milli,
                UnitZh = item.Unit?.Zh, UnitEn = item.Unit?.En, Remark = remark,
            });
        }

        Refused.IfAny(mistakes);
        return answers;
    }

    private static DutyResult ResultOf(DutyItem item, Said told, long? milli) => milli is { } read ? item.IsOutside(read) ? DutyResult.Fault : DutyResult.Ok : told.Result!.Value;

    private static string? Wrong(DutyItem item, Said told, string? remark)
    {
        if (remark?.Length > DutyAnswer.MostRemark) return "duty.remark_too_long";
        if (item.IsNumber && told.Result != DutyResult.NotApplicable)
        {
            if (told.Figure is not { } figure || Math.Abs(figure) > 1_000_000) return "duty.figure_missing";
            return item.IsOutside((long)(figure * DutyItem.Thousandths)) && remark is null ? "duty.fault_words_missing" : null;
        }

        if (told.Result is not { } result) return "duty.line_unanswered";
        return result == DutyResult.Fault && remark is null ? "duty.fault_words_missing" : null;
    }
}
