using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Adapters.Pages;

/// <param name="Keep">The item that would be kept.</param>
/// <param name="Repeats">The one that seems to repeat it.</param>
public sealed record DuplicatePair(ItemLine Keep, DuplicateMember Repeats)
{
    /// <summary>How the kept item is named in a command on the other.</summary>
    public string Named => Keep.Ref.Project == Repeats.Item.Ref.Project ? $"#{Keep.Ref.Number}" : Keep.Ref.ToString();
}
