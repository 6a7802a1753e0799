using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Setup;

/// <summary>Errors as findings: the first sentence says what is wrong, the others how it is mended.</summary>
internal static class Sentences
{
    public static SetupFinding Wrong(UserErrorException wrong)
    {
        var end = wrong.Message.IndexOf(". ", StringComparison.Ordinal);
        return end < 0
            ? SetupFinding.Wrong(wrong.Message, "See docs/azure-devops.md.")
            : SetupFinding.Wrong(wrong.Message[..(end + 1)], wrong.Message[(end + 2)..]);
    }

    /// <summary>A refusal about one project.</summary>
    public static SetupFinding Wrong(Exception refused, AzureProject project) =>
        Wrong(refused as UserErrorException ?? ApiErrors.Explain((ApiRefusedException)refused, project));
}
