using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Evaluation.Fields;

/// <summary>A field whose prediction is measured.</summary>
/// <param name="LeastLabelled">Trackers with fewer labelled items are left out where items are divided by time.</param>
/// <param name="IsEven">True where each value counts the same, however rare: the value is chosen so.</param>
internal sealed record EvaluatedField(string Task, string Noun, Func<WorkItem, string?> ValueOf, int LeastLabelled, bool IsEven)
{
    public static EvaluatedField Type { get; } = new("type", "type", i => string.IsNullOrWhiteSpace(i.Type) ? null : i.Type.Trim(), 100, IsEven: false);

    public static EvaluatedField Area { get; } = new("area", "area (component)", AreaModel.AreaOf, 100, IsEven: false);

    public static EvaluatedField Priority { get; } = new("priority", "priority", i => string.IsNullOrWhiteSpace(i.Priority) ? null : i.Priority.Trim(), 100, IsEven: true);

    /// <summary>The kinds of work of trackers that keep their own machinery (decisions, messages, gates) as items too.</summary>
    private static readonly string[] Kinds = ["task", "bug", "feature", "epic", "chore"];

    /// <summary>The items that have the field; where a tracker has all five plain kinds of work, the items of these kinds only.</summary>
    public IReadOnlyList<LabelledItem> Labelled(IReadOnlyList<LabelledItem> items)
    {
        var types = items.Select(i => i.Item.Type).ToHashSet();
        var isMixed = Kinds.All(types.Contains);
        return [.. items.Where(i => ValueOf(i.Item) is not null && (!isMixed || Kinds.Contains(i.Item.Type)))];
    }
}
