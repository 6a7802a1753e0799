using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Audit;

/// <summary>Verifies a stored log, or an exported one.</summary>
public static class AuditVerifier
{
    /// <param name="expect">Hash of a row that must be there; null for none.</param>
    public static async Task<AuditReport> VerifyAsync(IAuditLog log, string backlog, string? expect, CancellationToken cancellation)
    {
        var verification = new AuditVerification(backlog) { Expect = expect, Before = await log.HeadAsync(backlog, cancellation) };
        await foreach (var row in log.ReadAsync(backlog, null, null, cancellation))
            verification.Add(row);
        return verification.End(await log.HeadAsync(backlog, cancellation), isWhole: true);
    }

    /// <summary>Verifies what an export holds. Rows before its first and after its last it cannot speak of.</summary>
    public static AuditReport Verify(IReadOnlyList<AuditRow> rows, AuditHead? head, string? expect)
    {
        var verification = new AuditVerification(null) { Expect = expect };
        foreach (var row in rows)
            verification.Add(row);
        return verification.End(head, isWhole: false);
    }
}
