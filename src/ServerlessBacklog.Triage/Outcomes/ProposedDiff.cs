using System.Globalization;
using System.Text;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Outcomes;

/// <summary>Proposals as a difference to the configuration file, with the table that each was read from. Nothing here writes: a person commits it or does not.</summary>
public static class ProposedDiff
{
    public const string File = ".github/serverless-backlog.yml";

    /// <returns>Empty when nothing is proposed.</returns>
    public static string Of(IReadOnlyList<CapabilityReport> reports)
    {
        var proposed = reports.Where(r => r.Proposal is not null).ToList();
        if (proposed.Count == 0)
            return "";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"--- {File} (in effect)\n+++ {File} (proposed)\n");
        if (proposed.Where(r => r.Proposal!.Level is not null).ToList() is { Count: > 0 } lowered)
        {
            text.Append("@@ autonomy @@\n autonomy:\n   steps:\n");
            foreach (var report in lowered)
                Line(text, "    ", report.Step, Word(report.Proposal!.Now.Autonomy), Word(report.Proposal.Level!.Value));
        }

        if (proposed.Where(r => r.Proposal is { ApplyAt: not null } or { AskAt: not null }).ToList() is { Count: > 0 } moved)
        {
            text.Append("@@ steps @@\n steps:\n");
            foreach (var report in moved)
            {
                var proposal = report.Proposal!;
                text.Append(CultureInfo.InvariantCulture, $"   {report.Step}:\n");
                if (proposal.ApplyAt is { } apply)
                    Line(text, "    ", "apply_at", Number(proposal.Now.ApplyAt), Number(apply));
                if (proposal.AskAt is { } ask)
                    Line(text, "    ", "ask_at", Number(proposal.Now.AskAt), Number(ask));
            }
        }

        foreach (var report in proposed)
            Table(text, report);
        return text.ToString();
    }

    /// <summary>As comments of YAML, so that the whole can be pasted.</summary>
    private static void Table(StringBuilder text, CapabilityReport report)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n# {report.Step}: {report.Proposal!.Why}.\n# {report.Record.N} cases that people decided, precision {report.Record.Precision:0.00} ({report.Record.Low:0.00} … {report.Record.High:0.00}).\n");
        text.Append("# threshold  match  mismatch  abstain  precision\n");
        foreach (var row in report.Table.Where(r => r.Threshold >= 0.5))
            text.Append(CultureInfo.InvariantCulture, $"# {row.Threshold,9:0.00}  {row.Match,5:P0}  {row.Mismatch,8:P0}  {row.Abstain,7:P0}  {(double.IsNaN(row.Precision) ? "–" : row.Precision.ToString("0.00", CultureInfo.InvariantCulture)),9}\n");
    }

    private static void Line(StringBuilder text, string indent, string key, string before, string after) =>
        text.Append(CultureInfo.InvariantCulture, $"-{indent}{key}: {before}\n+{indent}{key}: {after}\n");

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Word(Autonomy level) => level.ToString().ToLowerInvariant();
}
