namespace ServerlessBacklog.StandIns.AzureDevOps.Model;

/// <param name="Type">string, plainText, html, integer, double, dateTime, identity, treePath, boolean or history.</param>
internal sealed record FieldDefinition(string ReferenceName, string Name, string Type, bool IsReadOnly = false)
{
    public static IReadOnlyList<FieldDefinition> All { get; } =
    [
        new("System.Id", "ID", "integer", true),
        new("System.Rev", "Rev", "integer", true),
        new("System.TeamProject", "Team Project", "string", true),
        new("System.WorkItemType", "Work Item Type", "string"),
        new("System.Title", "Title", "string"),
        new("System.Description", "Description", "html"),
        new("System.State", "State", "string"),
        new("System.Reason", "Reason", "string"),
        new("System.AssignedTo", "Assigned To", "identity"),
        new("System.AreaPath", "Area Path", "treePath"),
        new("System.IterationPath", "Iteration Path", "treePath"),
        new("System.Tags", "Tags", "plainText"),
        new("System.History", "History", "history"),
        new("System.CreatedDate", "Created Date", "dateTime", true),
        new("System.CreatedBy", "Created By", "identity", true),
        new("System.ChangedDate", "Changed Date", "dateTime", true),
        new("System.ChangedBy", "Changed By", "identity", true),
        new("System.CommentCount", "Comment Count", "integer", true),
        new("System.Watermark", "Watermark", "integer", true),
        new("System.AuthorizedDate", "Authorized Date", "dateTime", true),
        new("System.RevisedDate", "Revised Date", "dateTime", true),
        new("System.BoardColumn", "Board Column", "string", true),
        new("System.Parent", "Parent", "integer", true),
        new("Microsoft.VSTS.Common.Priority", "Priority", "integer"),
        new("Microsoft.VSTS.Common.Severity", "Severity", "string"),
        new("Microsoft.VSTS.Common.StackRank", "Stack Rank", "double"),
        new("Microsoft.VSTS.Common.ValueArea", "Value Area", "string"),
        new("Microsoft.VSTS.Common.BusinessValue", "Business Value", "integer"),
        new("Microsoft.VSTS.Common.TimeCriticality", "Time Criticality", "double"),
        new("Microsoft.VSTS.Common.Risk", "Risk", "string"),
        new("Microsoft.VSTS.Common.AcceptanceCriteria", "Acceptance Criteria", "html"),
        new("Microsoft.VSTS.Common.StateChangeDate", "State Change Date", "dateTime", true),
        new("Microsoft.VSTS.Common.ActivatedDate", "Activated Date", "dateTime"),
        new("Microsoft.VSTS.Common.ResolvedDate", "Resolved Date", "dateTime"),
        new("Microsoft.VSTS.Common.ResolvedReason", "Resolved Reason", "string"),
        new("Microsoft.VSTS.Common.ClosedDate", "Closed Date", "dateTime"),
        new("Microsoft.VSTS.Common.ClosedBy", "Closed By", "identity"),
        new("Microsoft.VSTS.Scheduling.StoryPoints", "Story Points", "double"),
        new("Microsoft.VSTS.Scheduling.Effort", "Effort", "double"),
        new("Microsoft.VSTS.Scheduling.OriginalEstimate", "Original Estimate", "double"),
        new("Microsoft.VSTS.Scheduling.RemainingWork", "Remaining Work", "double"),
        new("Microsoft.VSTS.Scheduling.CompletedWork", "Completed Work", "double"),
        new("Microsoft.VSTS.Scheduling.DueDate", "Due Date", "dateTime"),
        new("Microsoft.VSTS.TCM.ReproSteps", "Repro Steps", "html"),
        new("Microsoft.VSTS.TCM.SystemInfo", "System Info", "html"),
    ];

    public static FieldDefinition? Find(string name) =>
        All.FirstOrDefault(f => f.ReferenceName.Equals(name, StringComparison.OrdinalIgnoreCase) || f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
