namespace ServerlessBacklog.StandIns.AzureDevOps.Model;

/// <summary>
/// One end of a link type. Beware of the names: the end <c>Duplicate-Forward</c> is called "Duplicate" and points from the item that is kept
/// to its copy; the copy points back by <c>Duplicate-Reverse</c>, "Duplicate Of". Source: "Reference guide for link types".
/// </summary>
/// <param name="Topology">network, directedNetwork, dependency or tree; null for links out of the tracker.</param>
internal sealed record LinkEnd(string ReferenceName, string Name, string? Topology)
{
    public static IReadOnlyList<LinkEnd> All { get; } =
    [
        new("System.LinkTypes.Duplicate-Forward", "Duplicate", "tree"),
        new("System.LinkTypes.Duplicate-Reverse", "Duplicate Of", "tree"),
        new("System.LinkTypes.Hierarchy-Forward", "Child", "tree"),
        new("System.LinkTypes.Hierarchy-Reverse", "Parent", "tree"),
        new("System.LinkTypes.Dependency-Forward", "Successor", "dependency"),
        new("System.LinkTypes.Dependency-Reverse", "Predecessor", "dependency"),
        new("Microsoft.VSTS.Common.Affects-Forward", "Affects", "dependency"),
        new("Microsoft.VSTS.Common.Affects-Reverse", "Affected By", "dependency"),
        new("System.LinkTypes.Related", "Related", "network"),
        new("AttachedFile", "Attached File", null),
        new("Hyperlink", "Hyperlink", null),
        new("ArtifactLink", "Artifact Link", null),
    ];

    public bool IsLink => Topology is not null;

    public bool IsForward => ReferenceName.EndsWith("-Forward", StringComparison.Ordinal);

    public bool IsAcyclic => Topology is "tree" or "dependency";

    public string Opposite =>
        IsForward ? ReferenceName.Replace("-Forward", "-Reverse") : ReferenceName.Replace("-Reverse", "-Forward");

    public static LinkEnd? Find(string referenceName) => All.FirstOrDefault(e => e.ReferenceName.Equals(referenceName, StringComparison.OrdinalIgnoreCase));
}
