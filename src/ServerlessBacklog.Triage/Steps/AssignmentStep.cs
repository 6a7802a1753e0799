using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.Analysis.Assignment;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>
/// Purpose: proposes who could take an unassigned item: score = skill × availability × spare capacity (FEATURES S1). Nobody who is away,
/// inactive, a bot, full, or was taken off this item by a person is ever named. Below <see cref="Floor"/> the item stays in the unassigned pool.
/// Somebody whom the item's tracker does not know is proposed only under the identity that the people directory gives (FEATURES S3).
/// </summary>
public sealed class AssignmentStep : ItemStep
{
    /// <summary>Least confidence for a proposal: under one half a guess is wrong more often than right.</summary>
    public const double Floor = 0.5;

    private const int MostCandidates = 3;

    /// <summary>Candidates whose score is this share of the best one's are equals, and take turns.</summary>
    private const double Equal = 0.9;

    public override string Name => StepName.Assignment;

    public override int Version => 2;

    public override StepReads Reads => StepReads.Content | StepReads.Neighbours | StepReads.People | StepReads.Policy;

    protected override void Prepare(StepContext context) => context.Backlog.Model(Assignments.From);

    public override Finding Examine(WorkItem item, StepContext context)
    {
        if (!item.IsOpen || item.Kind == WorkItemKind.PullRequest)
            return Finding.Nothing(Name, item.Ref, "Only open work items need somebody.");
        if (item.Assignees.Count > 0)
            return Finding.Nothing(Name, item.Ref, $"Assigned to {string.Join(", ", item.Assignees)}.");
        var history = context.Backlog.Model(Assignments.From);
        if (history.For(item.Ref.Project) is not { } model)
            return Finding.NotYet(Name, item.Ref, history.Count == 0
                ? "No item of the backlog names an assignee, so nobody's skills are known."
                : $"{history.Count} items of the backlog have an assignee; a proposal needs {SkillModel.Fewest}.");
        var all = Candidates(item, model, model.Rank(Assignments.CaseOf(item, context.Backlog)), context);
        var candidates = all.Where(c => c.Here is not null).ToList();
        var strangers = all.Take(MostCandidates).Where(c => c.Here is null).Select(c => new Evidence(
            EvidenceKind.Note, $"{c.Name} would fit, and nothing says who that is in {item.Ref.Tracker}: add them with 'backlog people import'.")).ToList();
        return candidates.Count == 0
            ? Finding.Nothing(Name, item.Ref, strangers.Count > 0
                ? "Everybody who could take this kind of item is unknown in its tracker; it stays in the unassigned pool."
                : "Everybody who knows this kind of item is away, inactive or full; it stays in the unassigned pool.") with { Evidence = strangers }
            : Propose(item, candidates, strangers, model);
    }

    private Finding Propose(WorkItem item, List<Candidate> candidates, List<Evidence> strangers, SkillModel model)
    {
        var best = candidates[0];
        var confidence = model.ConfidenceOf(best.Skill.Share);
        var sure = confidence.Value >= Floor;
        return new Finding
        {
            Step = Name,
            Item = item.Ref,
            Status = FindingStatus.Decided,
            Confidence = confidence,
            Score = best.Score,
            Reason = sure
                ? $"{best.Name} fits best; past guesses of this strength were right in {Percent(confidence.Value)} of cases."
                : $"Leave it in the unassigned pool: the best guess, {best.Name}, would be right in about {Percent(confidence.Value)} of cases.",
            Evidence = [.. candidates.Take(MostCandidates).Select(c => new Evidence(EvidenceKind.Candidate, c.Describe()) { Value = c.Score }), .. strangers],
            Proposals = sure ? [new Proposal(new Assign(best.Here!), confidence)] : [],
        };
    }

    private static List<Candidate> Candidates(WorkItem item, SkillModel model, IReadOnlyList<Skill> skills, StepContext context)
    {
        var (people, load, settings) = (context.Backlog.Model(BacklogPeople.From), context.Backlog.Model(PeopleLoad.From), context.Settings.People);
        var removed = item.History.Events
            .Where(e => e.Kind.Equals("unassigned", StringComparison.OrdinalIgnoreCase) && e.Actor is { IsBot: false } && e.Value is not null)
            .Select(e => people.KeyOf(item.Ref.Tracker, new Person(e.Value!)))
            .ToHashSet();
        var mayTakeOwn = item.Reporter is { } reporter && context.Backlog.Model(TeamMembers.From).Includes(reporter);
        List<Candidate> ranked = [.. skills
            .Where(s => (model.Knows(s.Person) || mayTakeOwn) && load.Unavailable(s.Person, settings) is null && !removed.Contains(s.Person))
            .Select(s => new Candidate(
                s, people.NameOf(s.Person), people.In(item.Ref.Tracker, s.Person), load.OpenItems(s.Person), load.CapacityOf(s.Person, settings)))
            .Where(c => c.Spare > 0)
            .OrderByDescending(c => c.Score)];
        var equals = ranked.TakeWhile(c => c.Score >= Equal * ranked[0].Score).OrderBy(c => Turn(item.Ref, c.Skill.Person), StringComparer.Ordinal).ToList();
        return [.. equals, .. ranked.Skip(equals.Count)];
    }

    /// <summary>Orders equals differently on each item but always the same on one: a fair rotation without a counter.</summary>
    private static string Turn(WorkItemRef item, Person person) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{item}|{person.Login.ToLowerInvariant()}")).AsSpan(0, 8));

    private static string Percent(double share) => $"{Math.Round(100 * share).ToString(CultureInfo.InvariantCulture)} %";

    /// <param name="Here">Who that is in the item's tracker; null when nobody says.</param>
    private sealed record Candidate(Skill Skill, string Name, Person? Here, int Open, int Capacity)
    {
        public double Spare => Capacity <= 0 ? 0 : Math.Max(0, 1 - ((double)Open / Capacity));

        public double Score => Skill.Share * Spare;

        public string Describe() => string.Create(
            CultureInfo.InvariantCulture,
            $"{Name}: skill {Skill.Share:0.00} ({Parts()}) × available 1 × spare {Spare:0.00} ({Open} of {Capacity} open) = {Score:0.00}");

        /// <summary>The factors multiply to the skill's share times the sum of all candidates' products.</summary>
        private string Parts() => string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(" × ", Skill.Parts.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name} {p.Factor:0.00}")))} ÷ {Skill.Whole:0.00} of all");
    }
}
