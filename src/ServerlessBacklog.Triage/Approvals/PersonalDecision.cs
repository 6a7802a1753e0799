using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Approvals;

/// <summary>A decision that a person took, not triage: a command, an undo, the end of a wait that a person approved. Pure.</summary>
public static class PersonalDecision
{
    /// <summary>In whose name changes stand that no step proposed.</summary>
    public const string Step = "person";

    /// <summary>What a person's own decisions go by: no policy has a say in them beyond what may be written at all.</summary>
    public const string Policy = "person";

    /// <param name="item">As it is now; the changes hold for it as it is.</param>
    /// <param name="key">Names it: the same key on the same item gives the same id.</param>
    public static Decision Of(WorkItem item, string by, DateTimeOffset now, string key, IReadOnlyList<(string Step, Change Change)> changes, string reason) => new()
    {
        Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{item.Ref}|{by}|{key}")).AsSpan(0, 12)) + "p",
        Item = item.Ref,
        ItemHash = ContentHash.Of(item),
        WritingHash = ContentHash.ForWriting(item),
        PolicyVersion = Policy,
        DecidedAt = now,
        Verdict = changes.Count > 0 ? Verdict.Ask : Verdict.Drop,
        Changes = [.. changes.Select(c => new DecidedChange(c.Change, c.Step, Confidence.Certain, Verdict.Ask, Verdict.Ask, "a person says so"))],
        Reason = reason,
        By = by,
    };
}
