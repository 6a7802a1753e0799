using System.Globalization;

namespace ServerlessBacklog.Triage.Audit;

/// <summary>One row of the log as it is stored, unopened: who verifies must see what is there, not what can be read from it.</summary>
/// <param name="Sequence">From 1 on each day.</param>
/// <param name="Chained">The JSON that is hashed, exactly as it was.</param>
/// <param name="Hash">SHA-256 of <paramref name="Chained"/>, 64 hex digits.</param>
/// <param name="Words">JSON of <see cref="AuditWords"/>.</param>
/// <param name="Salt">What the seal of the words was made with, in hex.</param>
public sealed record AuditRow(DateOnly Day, int Sequence, string Chained, string Hash, string Words, string Salt)
{
    public string Name => NameOf(Day, Sequence);

    public static string NameOf(DateOnly day, int sequence) => string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd} #{sequence}");
}

/// <summary>The last row of a backlog's log.</summary>
/// <param name="Rows">All rows up to it.</param>
public sealed record AuditHead(DateOnly Day, int Sequence, string Hash, long Rows);
