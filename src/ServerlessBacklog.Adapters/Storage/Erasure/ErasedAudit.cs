using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Privacy;

namespace ServerlessBacklog.Adapters.Storage.Erasure;

/// <summary>
/// Takes names out of the audit log. The words of a row are not in its hash, only their salted seal is; the new seal goes into a row of its own, so that the
/// log verifies and says that there was an erasure. The old salt goes with the old words: without it nobody can try out names against the old seal.
/// </summary>
internal sealed class ErasedAudit(AuditRows log, TimeProvider time)
{
    /// <summary>Rows whose new seals stand in one row of the log.</summary>
    private const int MostAtOnce = 200;

    /// <returns>How many rows held a name.</returns>
    public async Task<int> RunAsync(string backlog, ErasedNames names, bool isTrial, CancellationToken cancellation)
    {
        var held = new List<(AuditRow Row, string Words)>();
        await foreach (var row in log.ReadAsync(backlog, null, null, cancellation))
        {
            if (ErasedJson.In(names, row.Words) is var words && words != row.Words)
                held.Add((row, words));
        }

        foreach (var chunk in isTrial ? [] : held.Chunk(MostAtOnce))
        {
            var rows = chunk.Select(h => AuditSeal.Reseal(h.Row, h.Words)).ToList();
            await log.ResealAsync(backlog, [.. rows.Select(r => r.Row)], EntryOf([.. rows.Select(r => r.Seal)]), cancellation);
        }

        return held.Count;
    }

    private AuditEntry EntryOf(IReadOnlyList<Resealed> seals) => new()
    {
        Key = $"{AuditAct.Erased}:{string.Join(',', seals.Select(s => s.Seal))}",
        At = time.GetUtcNow(),
        Act = AuditAct.Erased,
        Resealed = seals,
        Words = new AuditWords { Actor = AuditWords.Policy, Text = $"a person was erased from {seals.Count} rows" },
    };
}
