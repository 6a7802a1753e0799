using ServerlessBacklog.LocalHost.Commands;
using ServerlessBacklog.Triage.Advice;
using ServerlessBacklog.Triage.Evaluation;
using ServerlessBacklog.Triage.Evaluation.Models;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Runs;

/// <summary>Evaluates a prompt with the model that is configured, and keeps whether it passed: only then may it act without a person.</summary>
/// <param name="Model">The chat deployment to ask instead of the configured one; null for that one.</param>
/// <param name="Most">Cases that are asked about.</param>
internal sealed record ModelEvalRun(IModelEvaluation Evaluation, string DataDirectory, string? Storage, string? Model, int Most)
{
    /// <summary>Fewer cases prove nothing: figures are shown, and nothing is kept.</summary>
    public const int FewestForProof = 50;

    public async Task<(EvaluationResult Result, PromptProof? Proof)> RunAsync(LabelledData data, IProgress<string> progress, CancellationToken cancellation)
    {
        var over = Model is null ? null : new Dictionary<string, string?> { ["Models:ChatDeployment"] = Model };
        await using var services = CommandRun.Services(DataDirectory, Storage, over);
        var setup = services.GetRequiredService<ModelSetup>();
        if (setup.WhyNone is { } why)
            throw new UserErrorException(why);
        if (Model is not null && setup.Chat is null)
            throw new UserErrorException("No model can be asked: set Models:Endpoint, and do not set Models:LocalOnly (docs/models.md).");
        var model = new EvaluatedModel(services.GetRequiredService<ModelDesk>(), setup.MayAsk(EvaluatedModel.Backlog), Most);
        var result = await Evaluation.RunAsync(data, model, progress, cancellation);
        if (!model.MayAsk)
            return (result, null);
        var prompt = Evaluation.Prompt;
        var isProof = result.Pooled.N >= FewestForProof;
        var proof = new PromptProof(
            prompt.Name, prompt.Version, prompt.Hash, setup.ChatModel, isProof && Evaluation.Passes(result.Pooled), services.GetRequiredService<TimeProvider>().GetUtcNow(),
            result.Pooled.Figures.Where(f => double.IsFinite(f.Value)).ToDictionary());
        if (isProof)
            await services.GetRequiredService<PromptProofs>().SaveAsync(proof, cancellation);
        var verdict = !isProof ? $"With fewer than {FewestForProof} cases nothing is proven: what this prompt leads to is asked, not applied."
            : proof.Passed ? $"Passed ({Evaluation.Bar}): what prompt '{prompt.Name}' {prompt.Version} leads to with {setup.ChatModel} may be applied where the policy lets it."
            : $"Not passed ({Evaluation.Bar}): what prompt '{prompt.Name}' {prompt.Version} leads to with {setup.ChatModel} is asked, not applied.";
        return (result with { Notes = [.. result.Notes, verdict] }, proof);
    }
}
