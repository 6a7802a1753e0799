using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Testing.Workflow.Orchestrations;

/// <summary>Where a long text is born.</summary>
public enum Place
{
    ActivityInput,
    ActivityResult,
    ChildInput,
    ChildOutput,
    NextGeneration,
    Output,
}

public sealed record LongText(Place Place, int Length);

/// <summary>Makes a long text travel one way, and says how long it was; as its output it is the text.</summary>
public sealed class CarriesText : IOrchestration<LongText, string>
{
    public static readonly OrchestrationRef<LongText, string> Ref = new(nameof(CarriesText));

    public async Task<string> RunAsync(IOrchestrationContext context, LongText input)
    {
        var text = Workflow.Texts.Of(input.Length);
        switch (input.Place)
        {
            case Place.ActivityInput:
                return await context.CallAsync(Echo.Ref with { Retry = new RetryPolicy(1, TimeSpan.Zero) }, text);
            case Place.ActivityResult:
                return await context.CallAsync(Writes.Ref, input.Length);
            case Place.ChildInput:
                return await context.ChildAsync(Returns.Ref, "only", text);
            case Place.ChildOutput:
                return await context.ChildAsync(Ref, "only", input with { Place = Place.Output });
            case Place.NextGeneration:
                context.ContinueAsNew(new Padded(Place.Output, input.Length, text));
                return "";
            default:
                return text;
        }
    }

    /// <summary>Read back as <see cref="LongText"/>, which skips the padding.</summary>
    private sealed record Padded(Place Place, int Length, string Padding);
}

public sealed class Returns : IOrchestration<string, string>
{
    public static readonly OrchestrationRef<string, string> Ref = new(nameof(Returns));

    public Task<string> RunAsync(IOrchestrationContext context, string input) => Task.FromResult(input);
}
