namespace ServerlessBacklog.Adapters.Trackers.Http;

/// <summary>Answers with their ETag, those used last, up to so many bytes.</summary>
internal sealed class AnswerCache(long maxBytes)
{
    private readonly Dictionary<string, LinkedListNode<(string Key, KeptAnswer Answer)>> byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, KeptAnswer Answer)> lastUsedFirst = new();
    private readonly Lock gate = new();
    private long bytes;

    public KeptAnswer? Find(string key)
    {
        lock (gate)
        {
            if (!byKey.TryGetValue(key, out var node))
                return null;
            lastUsedFirst.Remove(node);
            lastUsedFirst.AddFirst(node);
            return node.Value.Answer;
        }
    }

    /// <summary>One that takes more than an eighth of the room is not kept.</summary>
    public void Keep(string key, KeptAnswer answer)
    {
        lock (gate)
        {
            if (byKey.TryGetValue(key, out var old))
                Remove(old);
            if (answer.Size > maxBytes / 8)
                return;
            byKey[key] = lastUsedFirst.AddFirst((key, answer));
            bytes += answer.Size;
            while (bytes > maxBytes)
                Remove(lastUsedFirst.Last!);
        }
    }

    private void Remove(LinkedListNode<(string Key, KeptAnswer Answer)> node)
    {
        lastUsedFirst.Remove(node);
        byKey.Remove(node.Value.Key);
        bytes -= node.Value.Answer.Size;
    }
}

internal sealed record KeptAnswer(
    string ETag, byte[] Body, IReadOnlyList<(string Name, string[] Values)> Headers, IReadOnlyList<(string Name, string[] Values)> ContentHeaders)
{
    private const int Overhead = 2048;

    public int Size => Body.Length + Overhead;

    public static async Task<KeptAnswer> OfAsync(HttpResponseMessage response, CancellationToken cancellation) => new(
        response.Headers.ETag!.ToString(),
        await response.Content.ReadAsByteArrayAsync(cancellation),
        [.. response.Headers.Select(h => (h.Key, h.Value.ToArray()))],
        [.. response.Content.Headers.Select(h => (h.Key, h.Value.ToArray()))]);

    /// <summary>The kept answer as if it had come now, with what "not modified" told on top.</summary>
    public HttpResponseMessage AnswerFor(HttpRequestMessage request, HttpResponseMessage notModified)
    {
        var answer = new HttpResponseMessage(System.Net.HttpStatusCode.OK)
        {
            RequestMessage = request,
            Version = notModified.Version,
            Content = new ByteArrayContent(Body),
        };
        foreach (var (name, values) in notModified.Headers.Select(h => (h.Key, h.Value.ToArray())).Concat(Headers))
        {
            if (!answer.Headers.Contains(name))
                answer.Headers.TryAddWithoutValidation(name, values);
        }

        foreach (var (name, values) in ContentHeaders)
            answer.Content.Headers.TryAddWithoutValidation(name, values);
        return answer;
    }
}
