using ServerlessBacklog.Triage.Privacy;

namespace ServerlessBacklog.Triage.Ports;

/// <summary>
/// Takes a person out of everything that is stored: a pseudonym stands there from then on, and for what comes in later too. Ids of
/// decisions and effects stay. May be run again at any time, after a crash too, and ends in the same state.
/// </summary>
public interface IPersonEraser
{
    /// <param name="names">Login first, then other names of the same person; names that the directory has for one of them are added.</param>
    /// <param name="backlog">The one backlog in which it is done; null for all, with everything that belongs to none.</param>
    /// <param name="isTrial">True to count only and change nothing.</param>
    Task<ErasedPerson> EraseAsync(IReadOnlyList<string> names, string? backlog, bool isTrial, CancellationToken cancellation);
}

/// <param name="Pseudonym">What stands in place of the person.</param>
/// <param name="Names">All who were erased, for what is stored elsewhere.</param>
/// <param name="Counts">How many of each kind were changed or deleted, by kind in words: <c>items</c>, <c>findings</c> … Kinds with none are missing.</param>
public sealed record ErasedPerson(string Pseudonym, ErasedNames Names, IReadOnlyDictionary<string, int> Counts);
