using System.Collections.Concurrent;
using System.Security.Cryptography;
using ServerlessBacklog.Adapters.Review;

namespace ServerlessBacklog.LocalHost.Pages;

/// <summary>What the review page says once it is shown again after an answer. Kept here, not in the address: a link could otherwise put any words there.</summary>
internal sealed class ReviewNotes
{
    private const int Most = 64;

    private readonly ConcurrentQueue<(string Id, ReviewSaid Said)> notes = [];

    public string Keep(ReviewSaid said)
    {
        var id = RandomNumberGenerator.GetHexString(16, lowercase: true);
        notes.Enqueue((id, said));
        while (notes.Count > Most && notes.TryDequeue(out _))
        {
        }

        return id;
    }

    public ReviewSaid? Find(string? id) => notes.FirstOrDefault(n => n.Id == id).Said;
}
