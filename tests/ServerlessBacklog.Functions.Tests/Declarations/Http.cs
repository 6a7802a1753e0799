// What the shell uses of Microsoft.Azure.Functions.Worker.Core and its Http package, by their public signatures. Test-only.
#pragma warning disable IDE0161 // Two namespaces.
namespace Microsoft.Azure.Functions.Worker
{
    public enum AuthorizationLevel
    {
        Anonymous = 0,
        User = 1,
        Function = 2,
        System = 3,
        Admin = 4,
    }

    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : Attribute
    {
        public string? Route { get; set; }

        public string[]? Methods { get; private set; } = methods;

        public AuthorizationLevel AuthLevel { get; private set; } = authLevel;
    }
}

namespace Microsoft.Azure.Functions.Worker.Http
{
    using System.Collections.Specialized;
    using System.Net;
    using System.Net.Http.Headers;
    using System.Web;

    public sealed class HttpHeadersCollection : HttpHeaders;

    public abstract class HttpRequestData(FunctionContext functionContext)
    {
        public FunctionContext FunctionContext { get; } = functionContext;

        public abstract Stream Body { get; }

        public abstract HttpHeadersCollection Headers { get; }

        public abstract Uri Url { get; }

        public abstract string Method { get; }

        public virtual NameValueCollection Query => HttpUtility.ParseQueryString(Url.Query);

        public abstract HttpResponseData CreateResponse();
    }

    public abstract class HttpResponseData(FunctionContext functionContext)
    {
        public FunctionContext FunctionContext { get; } = functionContext;

        public abstract HttpStatusCode StatusCode { get; set; }

        public abstract HttpHeadersCollection Headers { get; set; }

        public abstract Stream Body { get; set; }
    }
}
