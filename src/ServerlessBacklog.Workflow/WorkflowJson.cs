using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServerlessBacklog.Workflow;

/// <summary>
/// How inputs, outputs, events and statuses are written, in both runtimes and even in memory. Histories outlive versions: a reader takes
/// a missing property as its default and skips one that it does not know.
/// </summary>
public static class WorkflowJson
{
    /// <summary>
    /// Characters of one payload. Durable Functions carries up to 4 MiB through gRPC, a character may need six bytes there, and a payload
    /// this long is a sign that a body travels where a reference should.
    /// </summary>
    public const int MaxPayload = 512 * 1024;

    /// <summary>Characters of a custom status. Durable Functions fails the instance somewhere above 8,000.</summary>
    public const int MaxStatus = 4000;

    public static JsonSerializerOptions Options { get; } = Create();

    /// <param name="what">Names the value in the error: <c>result of RunStep</c>.</param>
    /// <exception cref="InvalidOperationException">The JSON is longer than <paramref name="limit"/>.</exception>
    public static string Write<T>(T value, string what, int limit = MaxPayload)
    {
        var json = JsonSerializer.Serialize(value, Options);
        return json.Length <= limit
            ? json
            : throw new InvalidOperationException(
                $"The {what} has {json.Length:N0} characters; at most {limit:N0} travel through an orchestration. Store it and pass a reference.");
    }

    /// <exception cref="InvalidOperationException">The JSON is not what was expected.</exception>
    public static T Read<T>(string json, string what)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("it is null.");
        }
        catch (Exception broken) when (broken is JsonException or NotSupportedException or ArgumentException or FormatException)
        {
            throw new InvalidOperationException($"The {what} is no {typeof(T).Name}: {broken.Message}", broken);
        }
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerOptions.Default)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            IgnoreReadOnlyProperties = true,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            AllowOutOfOrderMetadataProperties = true,
            Converters = { new JsonStringEnumConverter() },
        };
        options.MakeReadOnly();
        return options;
    }
}
