using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Reports;

/// <summary>Who could take what, and who carries how much.</summary>
internal static class PeoplePart
{
    public static (ReportPart<AssignmentAdvice> Advice, IReadOnlyList<PersonLoad> Loads) Build(ExaminedBacklog backlog, PeopleSettings settings)
    {
        var rows = backlog.Decided(StepName.Assignment)
            .Select(f => (Finding: f, Candidates: f.EvidenceOf(EvidenceKind.Candidate).ToList())).Where(r => r.Candidates.Count > 0)
            .OrderByDescending(r => r.Finding.Confidence.Value).ThenBy(r => r.Finding.Item.ToKey(), StringComparer.Ordinal)
            .Select(r => new AssignmentAdvice(
                backlog.Line(r.Finding.Item),
                [.. r.Candidates.Select(c => new Candidate(c.Text, c.Value))],
                r.Finding.Reason,
                r.Finding.Confidence)).ToList();
        return (backlog.Part(rows, "Every open item that could be judged has somebody already.", StepName.Assignment), Loads(backlog, settings));
    }

    private static List<PersonLoad> Loads(ExaminedBacklog backlog, PeopleSettings settings)
    {
        var carried = backlog.Open.SelectMany(o => o.Item.Assignees).Where(p => !p.IsBot)
            .CountBy(p => p.Login, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
        var proposed = backlog.Decided(StepName.Assignment).Select(f => f.Proposals.Select(p => p.Change).OfType<Assign>().FirstOrDefault()?.Person.Login)
            .OfType<string>().CountBy(login => login, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. carried.Keys.Union(proposed.Keys, StringComparer.OrdinalIgnoreCase)
                .Select(login => new PersonLoad(
                    login, carried.GetValueOrDefault(login), proposed.GetValueOrDefault(login), settings.CapacityOf.GetValueOrDefault(login, settings.Capacity)))
                .OrderByDescending(p => p.Carried).ThenByDescending(p => p.Proposed).ThenBy(p => p.Login, StringComparer.OrdinalIgnoreCase).Take(ReportBuilder.MaxRows),
        ];
    }
}
