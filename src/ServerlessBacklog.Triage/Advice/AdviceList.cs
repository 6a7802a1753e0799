namespace ServerlessBacklog.Triage.Advice;

/// <summary>What language models add to steps. A new one is a file beside this one, its prompt, and a line here.</summary>
public static class AdviceList
{
    public static IReadOnlyList<StepAdvice> All { get; } =
    [
        new ClarifyAdvice(),
        new JudgeAdvice(),
        new PriorityInputsAdvice(),
        new StoryAdvice(),
        new SplitAdvice(),
        new SummaryAdvice(),
    ];
}
