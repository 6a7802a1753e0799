namespace ServerlessBacklog.Triage.Learning;

/// <summary>What a backlog taught one model, as it is stored: small, so that every process has it at once and none trains by itself.</summary>
/// <param name="Name">The learner's name.</param>
/// <param name="Format">The learner's format: another one is not read.</param>
/// <param name="Version">Counts up with each one that was taken into use.</param>
/// <param name="DataHash">Names the items that it was learned from (<see cref="Backlogs.BacklogSnapshot.Version"/>).</param>
/// <param name="Cases">Labelled cases that it was learned from.</param>
/// <param name="Figure">How good a model learned in the same way was on the newest fifth of the cases, without having seen them. Higher is better.</param>
/// <param name="Weights">In the learner's own words.</param>
public sealed record LearnedModel(string Name, int Format, int Version, string DataHash, int Cases, double Figure, string Weights)
{
    /// <summary>Why this one stayed in use although newer data were there; null otherwise.</summary>
    public string? KeptBecause { get; init; }
}

/// <summary>The models of one backlog that are in use.</summary>
public sealed record LearnedModels(IReadOnlyList<LearnedModel> All)
{
    public static LearnedModels None { get; } = new([]);

    public LearnedModel? Find(string name, int format) => All.FirstOrDefault(m => m.Name == name && m.Format == format);
}
