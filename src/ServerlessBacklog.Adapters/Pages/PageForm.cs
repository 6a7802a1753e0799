using Microsoft.Extensions.Primitives;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>The fields of a form as a browser sends them.</summary>
internal sealed class PageForm(IReadOnlyDictionary<string, StringValues> fields)
{
    /// <summary>The value of a field; empty when it is not there.</summary>
    public string this[string name] => fields.TryGetValue(name, out var values) ? values.ToString() : "";

    public IReadOnlyList<string> All(string name) => fields.TryGetValue(name, out var values) ? [.. values.OfType<string>()] : [];
}
