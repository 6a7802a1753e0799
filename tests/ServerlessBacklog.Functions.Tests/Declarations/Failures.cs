// What the shell uses of Grpc.Core.Api and Microsoft.Azure.DurableTask.Core, by their public signatures. Test-only.
#pragma warning disable CA1032, CA1064 // The real types have more constructors.
#pragma warning disable IDE0161 // Two namespaces.
namespace Grpc.Core
{
    public enum StatusCode
    {
        OK = 0,
        Unknown = 2,
        NotFound = 5,
        AlreadyExists = 6,
        FailedPrecondition = 9,
        Internal = 13,
        Unavailable = 14,
    }

    public readonly struct Status(StatusCode statusCode, string detail)
    {
        public StatusCode StatusCode { get; } = statusCode;

        public string Detail { get; } = detail;
    }

    public class RpcException(Status status) : Exception($"Status(StatusCode=\"{status.StatusCode}\", Detail=\"{status.Detail}\")")
    {
        public Status Status { get; } = status;

        public StatusCode StatusCode => Status.StatusCode;
    }
}

namespace DurableTask.Core.Exceptions
{
    public class OrchestrationAlreadyExistsException(string message) : InvalidOperationException(message);
}
