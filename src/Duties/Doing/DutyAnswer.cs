using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;

namespace OpenHall.Duties;

public enum DutyResult { Ok, Fault, NotApplicable }

/// <summary>What was found at one line of a duty's checklist; kept as it was said, with the line's own words of that day.</summary>
public sealed class DutyAnswer
{
    public const int MostRemark = 200;

    public required Guid DutyId { get; init; }
    /// <summary>Line of the checklist, from 1.</summary>
    public required short Line { get; init; }
    public required string NameZh { get; init; }
    public required string NameEn { get; init; }
    public required DutyResult Result { get; init; }
    /// <summary>A figure in thousandths of its unit; null: the line is not read off.</summary>
    public long? Milli { get; init; }
    public string? UnitZh { get; init; }
    public string? UnitEn { get; init; }
    public string? Remark { get; init; }

    public LocalText Name => new(NameZh, NameEn);

    public decimal? Figure => Milli / (decimal)DutyItem.Thousandths;
}

sealed class DutyAnswerMap : IEntityTypeConfiguration<DutyAnswer>
{
    public void Configure(EntityTypeBuilder<DutyAnswer> answer)
    {
        answer.ToTable("duty_answers").InsertOnly().HasKey(a => new { a.DutyId, a.Line });
        answer.Property(a => a.NameZh).HasMaxLength(120);
        answer.Property(a => a.NameEn).HasMaxLength(200);
        answer.Property(a => a.UnitZh).HasMaxLength(20);
        answer.Property(a => a.UnitEn).HasMaxLength(20);
        answer.Property(a => a.Remark).HasMaxLength(DutyAnswer.MostRemark);
        answer.Ignore(a => a.Name);
        answer.Ignore(a => a.Figure);
        answer.HasOne<Duty>().WithMany().HasForeignKey(a => a.DutyId);
        answer.Check("fault_says_what", "result <> 'Fault' or remark is not null");
    }
}
