using System.Globalization;

namespace ServerlessBacklog.Triage.Audit;

/// <summary>
/// Goes through a log row by row and says what is not as it was written. Who can rewrite every row and the head can make a log that holds in itself: only
/// a hash that was kept elsewhere tells (<see cref="Expect"/>).
/// </summary>
public sealed class AuditVerification(string? backlog)
{
    private readonly List<string> problems = [];
    private readonly Dictionary<string, string> unsealed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> resealed = new(StringComparer.Ordinal);
    private AuditRow? last;
    private string? name = backlog;
    private string? first;
    private long rows;
    private int days;
    private bool isExpectedMet;
    private bool isHeadMet;

    /// <summary>The hash of a row, kept elsewhere, that must be met; null for none.</summary>
    public string? Expect { get; init; }

    /// <summary>The head as it was before the first row was read; null where it is not known.</summary>
    public AuditHead? Before { get; init; }

    public void Add(AuditRow row)
    {
        rows++;
        days += last?.Day == row.Day ? 0 : 1;
        isExpectedMet |= string.Equals(row.Hash, Expect, StringComparison.OrdinalIgnoreCase);
        isHeadMet |= row.Hash == Before?.Hash && (row.Day, row.Sequence) == (Before.Day, Before.Sequence);
        Look(row);
        last = row;
    }

    /// <param name="after">The head as it is after the last row was read.</param>
    /// <param name="isWhole">True when the rows begin with the first one of the log; one that was cut out proves nothing of what came before.</param>
    public AuditReport End(AuditHead? after, bool isWhole)
    {
        if (isWhole && first is not null && first != AuditSeal.Genesis)
            problems.Insert(0, "The log does not begin with its first row: rows at its beginning are missing.");
        foreach (var (row, seal) in unsealed)
        {
            if (resealed.GetValueOrDefault(row)?.Contains(seal) != true)
                problems.Add($"{row}: its words (who, what, before and after, reason) are not those that were written, and no erasure of a person tells of it.");
        }

        if (after is not null)
            EndAt(after);
        else if (isWhole && rows > 0)
            problems.Add("The head is missing: whether rows at the end are missing too cannot be told.");
        if (Expect is not null && !isExpectedMet)
            problems.Add("No row has the expected hash: the log was written anew, or cut off before that row.");
        return new AuditReport(rows, days, after ?? (last is null ? null : new AuditHead(last.Day, last.Sequence, last.Hash, rows)), first, problems);
    }

    private void Look(AuditRow row)
    {
        if (AuditSeal.HashOf(row.Chained) != row.Hash)
            problems.Add($"{row.Name}: it was changed after it was written.");
        if (AuditSeal.ChainedOf(row.Chained) is not { } chained)
        {
            problems.Add($"{row.Name}: it cannot be read.");
            return;
        }

        name ??= chained.Backlog;
        if ((chained.Day, chained.Sequence, chained.Backlog) != (row.Day, row.Sequence, name))
            problems.Add($"{row.Name}: it stands in the place of another one ({AuditRow.NameOf(chained.Day, chained.Sequence)} of {chained.Backlog}).");
        LookAtPlace(row, chained);
        if (AuditSeal.SealOf(row.Words, row.Salt) is var seal && seal != chained.Seal)
            unsealed[row.Name] = seal;
        foreach (var again in chained.Resealed)
        {
            var of = AuditRow.NameOf(again.Day, again.Sequence);
            if (!resealed.TryGetValue(of, out var seals))
                resealed[of] = seals = new HashSet<string>(StringComparer.Ordinal);
            seals.Add(again.Seal);
        }
    }

    private void LookAtPlace(AuditRow row, AuditSeal.Chained chained)
    {
        first ??= chained.Previous;
        var due = last?.Day == row.Day ? last.Sequence + 1 : 1;
        if (row.Sequence != due && (last is not null || first == AuditSeal.Genesis))
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"{row.Name}: {AuditRow.NameOf(row.Day, due)} should stand here. Rows between are missing."));
        if (last is not null && chained.Previous != last.Hash)
            problems.Add($"{row.Name}: it does not follow {last.Name}. One of the two was changed, or rows between them were taken out or put in.");
    }

    /// <summary>Rows may be appended while others are read, so the end lies between two looks at the head.</summary>
    private void EndAt(AuditHead after)
    {
        if (Before is not null && !isHeadMet)
            problems.Add($"The last row, {AuditRow.NameOf(Before.Day, Before.Sequence)}, is missing or another one: the end of the log was cut off or changed.");
        else if (last is null || ((last.Day, last.Sequence) == (after.Day, after.Sequence) && (last.Hash != after.Hash || (first == AuditSeal.Genesis && rows != after.Rows))))
            problems.Add($"The head names {AuditRow.NameOf(after.Day, after.Sequence)} as row {after.Rows:N0}, which is not what is there.");
        else if ((last.Day, last.Sequence).CompareTo((after.Day, after.Sequence)) > 0)
            problems.Add($"{last.Name} comes after the head: rows were put at the end, or the head was set back.");
        else if (Before is null && (last.Day, last.Sequence) != (after.Day, after.Sequence))
            problems.Add($"Rows after {last.Name} are missing: the head names {AuditRow.NameOf(after.Day, after.Sequence)}.");
    }
}

/// <param name="Head">The last row; null when there is none.</param>
/// <param name="Previous">What the first row that was looked at names as the one before it.</param>
/// <param name="Problems">Each a sentence; empty when all is as it was written.</param>
public sealed record AuditReport(long Rows, int Days, AuditHead? Head, string? Previous, IReadOnlyList<string> Problems);
