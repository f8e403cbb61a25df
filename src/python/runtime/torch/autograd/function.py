"""Functions with a backward pass of their own."""

from gradient_health.operators.table import tensors_of
from gradient_health.recording import plain, recorder
from gradient_health.tensor import GradientFunction


class _Context:
    """What a forward pass keeps for the backward pass."""

    needs_input_grad = (True,) * 16

    def save_for_backward(self, *tensors):
        self.saved_tensors = tensors

    def mark_non_differentiable(self, *tensors):
        pass

    mark_dirty = set_materialize_grads = mark_non_differentiable


class Function:
    """The forward pass runs; that the backward pass is the user's is recorded."""

    @classmethod
    def apply(cls, *positional):
        context = _Context()
        before = recorder.grad_enabled
        recorder.grad_enabled = False
        try:
            if getattr(cls, "setup_context", None) is not None:
                result = cls.forward(*positional)
                cls.setup_context(context, positional, result)
            else:
                result = cls.forward(context, *positional)
        finally:
            recorder.grad_enabled = before
        inputs = [tensor for tensor in tensors_of(list(positional)) if tensor.requires_grad]
        outputs = tensors_of(result)
        facts = {"name": cls.__name__, "inputs": plain(list(positional)), "outputs": plain(outputs)}
        recorder.event("custom-function", **facts)
        recorder.note("custom-backward", f"{cls.__name__} has a backward pass of its own.")
        if inputs and before:
            gradient = GradientFunction(cls.__name__ + "Backward", inputs)
            for output in outputs:
                if output.dtype.is_floating_point:
                    output.requires_grad = True
                    output.grad_fn = gradient
        return result


FunctionCtx = _Context
