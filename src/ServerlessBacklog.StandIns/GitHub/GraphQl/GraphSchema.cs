namespace ServerlessBacklog.StandIns.GitHub.GraphQl;

/// <summary>A field: what it returns (<c>[Label]</c> for a list), how it is found, which arguments it takes.</summary>
internal sealed record GraphField(string Type, Func<object, GraphArguments, object?> Resolve, IReadOnlyDictionary<string, string> Arguments)
{
    public bool IsList => Type[0] == '[';

    public string NamedType => Type.Trim('[', ']');

    public bool IsConnection => Type.EndsWith("Connection", StringComparison.Ordinal);
}

/// <param name="Possible">Object types that an interface or union may be; empty for an object type.</param>
internal sealed record GraphType(string Name, IReadOnlyList<string> Possible)
{
    public Dictionary<string, GraphField> Fields { get; } = [];

    public bool IsAbstract => Possible.Count > 0;

    /// <param name="arguments">Each as <c>name:Type</c>, an exclamation mark where it must be given.</param>
    public GraphType Add<T>(string name, string type, Func<T, object?> resolve, params string[] arguments) =>
        Add<T>(name, type, (parent, _) => resolve(parent), arguments);

    public GraphType Add<T>(string name, string type, Func<T, GraphArguments, object?> resolve, params string[] arguments)
    {
        if (type.EndsWith("Connection", StringComparison.Ordinal))
            arguments = [.. arguments, "first:Int", "last:Int", "after:String", "before:String"];
        Fields[name] = new GraphField(type, (parent, values) => resolve((T)parent, values), arguments.ToDictionary(a => a.Split(':')[0], a => a.Split(':')[1]));
        return this;
    }
}

/// <summary>The part of GitHub's schema that is played. Names are those of the public schema.</summary>
internal sealed class GraphSchema
{
    private static readonly HashSet<string> Scalars = ["String", "Int", "ID", "Boolean", "DateTime", "URI", "BigInt", "HTML"];

    public Dictionary<string, GraphType> Types { get; } = [];

    /// <summary>Enumerations and their values.</summary>
    public Dictionary<string, string[]> Enums { get; } = [];

    /// <summary>Input objects and their fields.</summary>
    public Dictionary<string, Dictionary<string, string>> Inputs { get; } = [];

    public GraphType Object(string name) => Types[name] = new GraphType(name, []);

    public GraphType Abstract(string name, params string[] possible) => Types[name] = new GraphType(name, possible);

    public bool IsLeaf(string type) => Scalars.Contains(type) || Enums.ContainsKey(type);

    public void Connection(string node)
    {
        Object(node + "Edge").Add<(object Node, string Cursor)>("node", node, e => e.Node).Add<(object Node, string Cursor)>("cursor", "String", e => e.Cursor);
        Object(node + "Connection")
            .Add<GraphConnection>("nodes", $"[{node}]", c => c.Page.Select(e => e.Node))
            .Add<GraphConnection>("edges", $"[{node}Edge]", c => c.Page.Select(e => (object)e))
            .Add<GraphConnection>("pageInfo", "PageInfo", c => c)
            .Add<GraphConnection>("totalCount", "Int", c => c.TotalCount);
    }

    /// <summary>The object types that may stand where a type is asked for.</summary>
    public IReadOnlyList<string> PossibleTypes(string type) => Types[type].IsAbstract ? Types[type].Possible : [type];
}

/// <summary>Arguments of a field, checked against the schema; enumerations are strings by now.</summary>
internal sealed class GraphArguments(Dictionary<string, object?> values)
{
    public int? Int(string name) => values.GetValueOrDefault(name) is long number ? (int)number : null;

    public string? Text(string name) => values.GetValueOrDefault(name) as string;

    public bool Flag(string name) => values.GetValueOrDefault(name) is true;

    public IReadOnlyList<string>? Texts(string name) => List(values.GetValueOrDefault(name));

    public GraphArguments? Map(string name) => values.GetValueOrDefault(name) is Dictionary<string, object?> map ? new GraphArguments(map) : null;

    private static List<string>? List(object? value) => value switch
    {
        null => null,
        List<object?> list => [.. list.OfType<string>()],
        var single => [(string)single],
    };
}
