namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;

/// <summary>Reference names of the fields that we read and write (https://learn.microsoft.com/azure/devops/boards/work-items/guidance/work-item-field).</summary>
internal static class Fields
{
    public const string Title = "System.Title";
    public const string TeamProject = "System.TeamProject";
    public const string Type = "System.WorkItemType";
    public const string State = "System.State";
    public const string Reason = "System.Reason";
    public const string Area = "System.AreaPath";
    public const string Iteration = "System.IterationPath";
    public const string Tags = "System.Tags";
    public const string AssignedTo = "System.AssignedTo";
    public const string CreatedBy = "System.CreatedBy";
    public const string CreatedDate = "System.CreatedDate";
    public const string ChangedBy = "System.ChangedBy";
    public const string ChangedDate = "System.ChangedDate";
    public const string CommentCount = "System.CommentCount";
    public const string History = "System.History";
    public const string Description = "System.Description";
    public const string ReproSteps = "Microsoft.VSTS.TCM.ReproSteps";
    public const string SystemInfo = "Microsoft.VSTS.TCM.SystemInfo";
    public const string AcceptanceCriteria = "Microsoft.VSTS.Common.AcceptanceCriteria";
    public const string Priority = "Microsoft.VSTS.Common.Priority";
    public const string Severity = "Microsoft.VSTS.Common.Severity";
    public const string ActivatedDate = "Microsoft.VSTS.Common.ActivatedDate";
    public const string ClosedDate = "Microsoft.VSTS.Common.ClosedDate";
    public const string StateChangeDate = "Microsoft.VSTS.Common.StateChangeDate";
    public const string DueDate = "Microsoft.VSTS.Scheduling.DueDate";
    public const string TargetDate = "Microsoft.VSTS.Scheduling.TargetDate";

    /// <summary>Where each process keeps the estimate: Agile, Scrum and Basic, CMMI.</summary>
    public static IReadOnlyList<string> Estimates { get; } =
        ["Microsoft.VSTS.Scheduling.StoryPoints", "Microsoft.VSTS.Scheduling.Effort", "Microsoft.VSTS.Scheduling.Size"];

    /// <summary>Tags as one field holds them: <c>ui; needs info</c>.</summary>
    public static IReadOnlyList<string> TagsOf(string? text) =>
        text is null ? [] : [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase)];
}
