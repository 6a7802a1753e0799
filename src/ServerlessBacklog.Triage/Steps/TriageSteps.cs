namespace ServerlessBacklog.Triage.Steps;

/// <summary>The triage steps, in the order in which reports name them. A new step is a file beside this one and a line here.</summary>
public static class TriageSteps
{
    public static IReadOnlyList<ITriageStep> All { get; } =
    [
        new ClarityStep(),
        new TypeStep(),
        new AreaStep(),
        new PriorityStep(),
        new DuplicatesStep(),
        new AssignmentStep(),
        new EffortStep(),
        new StalenessStep(),
        new DependenciesStep(),
        new StoryStep(),
        new SplitStep(),
        new SummaryStep(),
        new GroomingStep(),
        new StatusStep(),
    ];
}
