namespace ServerlessBacklog.StandIns.Models;

/// <param name="Input">Of the prompt, cached ones among them.</param>
internal sealed record ModelTokens(int Input, int Cached, int Output);

/// <summary>What was asked and answered well, for measuring what a day costs.</summary>
public sealed record ModelCount(long Calls = 0, long InputTokens = 0, long CachedTokens = 0, long OutputTokens = 0)
{
    internal ModelCount Plus(ModelTokens tokens) => new(Calls + 1, InputTokens + tokens.Input, CachedTokens + tokens.Cached, OutputTokens + tokens.Output);
}

/// <summary>A request as it arrived, and the status that was answered; 0 when the connection was cut.</summary>
/// <param name="Authorization">The scheme, or <c>api-key</c>; empty when it had neither. The secret itself is not kept.</param>
public sealed record ModelRequest(string Path, string Query, string Authorization, string Body, int Status)
{
    /// <summary>Names of the headers that came.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];
}

/// <summary>Keeps what arrived and counts what it cost.</summary>
internal sealed class ModelLog
{
    private readonly Lock gate = new();
    private readonly List<ModelRequest> requests = [];
    private readonly Dictionary<string, ModelCount> chats = new(StringComparer.Ordinal);
    private ModelCount embeddings = new();
    private int underWay;

    public int MostAtOnce { get; private set; }

    public IReadOnlyList<ModelRequest> Requests => Locked<IReadOnlyList<ModelRequest>>(() => [.. requests]);

    public IReadOnlyDictionary<string, ModelCount> Chats => Locked(() => new Dictionary<string, ModelCount>(chats));

    public ModelCount Embeddings => Locked(() => embeddings);

    public void Begin()
    {
        lock (gate)
            MostAtOnce = Math.Max(MostAtOnce, ++underWay);
    }

    public void End()
    {
        lock (gate)
            underWay--;
    }

    public void Note(ModelRequest request)
    {
        lock (gate)
            requests.Add(request);
    }

    public void CountChat(string schema, ModelTokens tokens)
    {
        lock (gate)
            chats[schema] = chats.GetValueOrDefault(schema, new ModelCount()).Plus(tokens);
    }

    public void CountEmbeddings(ModelTokens tokens)
    {
        lock (gate)
            embeddings = embeddings.Plus(tokens);
    }

    private T Locked<T>(Func<T> read)
    {
        lock (gate)
            return read();
    }
}
