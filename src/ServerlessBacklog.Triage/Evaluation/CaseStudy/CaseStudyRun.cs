using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBacklog.Analysis.Grooming;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Evaluation.CaseStudy;

/// <summary>
/// All steps over a labelled backlog, and the decisions of the default policy, as a sweep without a language model takes them. Now is the newest moment that the
/// data speaks of.
/// </summary>
internal sealed class CaseStudyRun
{
    private readonly IReadOnlyDictionary<WorkItemRef, IReadOnlyList<Finding>> findings;

    private readonly IReadOnlyDictionary<WorkItemRef, Decision> decisions;

    private CaseStudyRun(StepContext context, IReadOnlyDictionary<WorkItemRef, IReadOnlyList<Finding>> findings, IReadOnlyDictionary<WorkItemRef, Decision> decisions) =>
        (Context, this.findings, this.decisions) = (context, findings, decisions);

    /// <summary>As the last stage saw it.</summary>
    public StepContext Context { get; }

    public static async Task<CaseStudyRun> OfAsync(IReadOnlyList<WorkItem> items, ITextEncoder? encoder, CancellationToken cancellation)
    {
        var settings = new TriageSettings();
        var now = items.Aggregate((DateTimeOffset?)null, ImportItems.Latest)
            ?? throw new UserErrorException("No record has a date, so nothing can be old. Give records with \"created_at\", as in tests/fixtures/case-study/backlog.jsonl.");
        var context = new StepContext { Now = now, Backlog = BacklogSnapshot.Build(items, encoder), Settings = settings };
        var examiner = new Examiner(TriageSteps.All, new StepRunner(NullLogger<StepRunner>.Instance));
        var run = examiner.Versions("", context.Backlog, settings);
        var versions = items.ToDictionary(i => i.Ref, i => run.For(new ItemStamp(i.Ref, ContentHash.Of(i), "")));
        var stored = new Dictionary<WorkItemRef, IReadOnlyDictionary<string, ExaminedFinding>>();
        var examination = await examiner.ExamineAsync(items, versions, stored, context, cancellation);
        if (examination.Failures is [var failure, ..])
            throw new InvalidOperationException($"Step {failure.Step} failed on {failure.Item}: {failure.Message}");
        var found = examination.Findings.ToDictionary(f => f.Key, f => (IReadOnlyList<Finding>)[.. f.Value.Select(e => e.Finding)]);
        var decided = items.ToDictionary(i => i.Ref, i => settings.Policy.Decide(i.Ref, versions[i.Ref].Content, found[i.Ref], now));
        return new CaseStudyRun(context with { Earlier = found }, found, decided);
    }

    public Finding? Story(WorkItemRef item) => findings[item].FirstOrDefault(f => f.Step == StepName.Story);

    /// <summary>True when a person would be asked to close the item as not planned.</summary>
    public bool ProposesArchive(WorkItemRef item) =>
        decisions[item].Changes.Any(c => c.Change is Close { Reason: CloseReason.NotPlanned } && c.WouldBe == Verdict.Ask);

    /// <summary>True when a finding holds a draft without a fault: all parts, quotes that stand in the item, and no fact that does not.</summary>
    public static bool IsBuiltOut(WorkItem item, Finding? story)
    {
        string[] texts = [item.Title, item.Body, .. item.History.WrittenByPeople().Select(c => c.Body)];
        return story is not null && StoryStep.DraftIn(story) is { } draft && !DraftGate.Faults(draft, texts, quote => Quotes.Holds(quote, texts)).Any();
    }
}
