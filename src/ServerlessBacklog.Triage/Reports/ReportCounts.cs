namespace ServerlessBacklog.Triage.Reports;

/// <summary>The numbers that matter. Pull requests are counted nowhere but in <see cref="PullRequests"/>.</summary>
/// <param name="Duplicates">Open items that look like a repetition of another; null when nobody could look.</param>
/// <param name="Vague">Open items that are too vague to start on; null when nobody could look.</param>
/// <param name="Incomplete">Open items that are clear but lack a part that a developer would ask for; null when nobody could look.</param>
/// <param name="Archive">Open items that are proposed for archiving; null when nobody could look.</param>
/// <param name="Blocked">Open items that wait for another open item; null when nobody could look.</param>
public sealed record ReportCounts(
    int Read, int Open, int Started, int Closed, int PullRequests, int Problems, int? Duplicates, int? Vague, int? Incomplete, int? Archive, int? Blocked)
{
    /// <summary>The state of the backlog in plain sentences.</summary>
    public IReadOnlyList<string> Sentences()
    {
        if (Read == 0)
            return ["No items were read, so there is nothing to say yet."];
        var sentences = new List<string> { $"{Items(Open, "open item")}, {Read:N0} read." };
        if (Open == 0)
            return [.. sentences, "Nothing is open: there is nothing to triage."];
        var found = Found();
        if (found.Count > 0)
            sentences.Add(string.Join(", ", found) + ".");
        else if (Duplicates is 0 || Vague is 0 || Incomplete is 0 || Archive is 0 || Blocked is 0)
            sentences.Add("No duplicates, gaps, archive candidates or blocked items were found where we could look.");
        if (Problems > 0)
            sentences.Add($"{Items(Problems, "record")} had a problem.");
        return sentences;
    }

    /// <summary>What was found, one phrase for each kind that there is: <c>9 look like duplicates of another</c>.</summary>
    public IReadOnlyList<string> Found()
    {
        var found = new List<string>();
        Add(found, Duplicates, "may be a duplicate of another", "may be duplicates of another");
        Add(found, Vague, "is too vague to start on", "are too vague to start on");
        Add(found, Incomplete, "lacks a part that a developer would ask for", "lack a part that a developer would ask for");
        Add(found, Archive, "could be archived", "could be archived");
        Add(found, Blocked, "waits for another open item", "wait for another open item");
        return found;
    }

    private static void Add(List<string> found, int? count, string one, string many)
    {
        if (count > 0)
            found.Add($"{count:N0} {(count == 1 ? one : many)}");
    }

    private static string Items(int count, string noun) => $"{count:N0} {noun}{(count == 1 ? "" : "s")}";
}
