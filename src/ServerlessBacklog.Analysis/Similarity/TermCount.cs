namespace ServerlessBacklog.Analysis.Similarity;

/// <summary>How often one term stands in an item's title and body; counts stop at 255.</summary>
/// <param name="Term">Id in the index's vocabulary.</param>
public readonly record struct TermCount(int Term, byte Title, byte Body);
