namespace ServerlessBacklog.Triage.Models;

/// <summary>The prompts that are shipped. A new one is a file under <c>Prompts/</c> and a line here.</summary>
public static class PromptList
{
    public static PromptFile Clarify { get; } = PromptFile.Load("clarify");

    public static PromptFile DuplicateJudge { get; } = PromptFile.Load("duplicate-judge");

    public static PromptFile PriorityInputs { get; } = PromptFile.Load("priority-inputs");

    public static PromptFile Story { get; } = PromptFile.Load("story");

    public static PromptFile Split { get; } = PromptFile.Load("split");

    public static PromptFile Summary { get; } = PromptFile.Load("summary");

    /// <summary>Compares two drafts, in evaluations only.</summary>
    public static PromptFile DraftPair { get; } = PromptFile.Load("draft-pair");

    /// <summary>Reads what people ask of a backlog.</summary>
    public static PromptFile Question { get; } = PromptFile.Load("question");

    public static IReadOnlyList<PromptFile> All { get; } = [Clarify, DuplicateJudge, PriorityInputs, Story, Split, Summary, DraftPair, Question];
}
