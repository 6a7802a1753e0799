namespace ServerlessBacklog.Triage.Steps;

/// <summary>The names of the steps, as stored rows, policies and <c>--json</c> spell them.</summary>
public static class StepName
{
    public const string Clarity = "clarity";
    public const string Type = "type";
    public const string Area = "area";
    public const string Priority = "priority";
    public const string Duplicates = "duplicates";
    public const string Assignment = "assignment";
    public const string Effort = "effort";
    public const string Staleness = "staleness";
    public const string Dependencies = "dependencies";
    public const string Story = "story";
    public const string Split = "split";
    public const string Summary = "summary";
    public const string Grooming = "grooming";
    public const string Status = "status";
}
