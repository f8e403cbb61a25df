"""Numbers for the tensors that an answer names; the many that nothing names are left out."""

from .recording import recorder

_FACTS_WITH_TENSORS = ("tensor", "tensors", "leaves")


class Numbering:
    """The tensors of the answer in the order they were made, and the number of each."""

    def __init__(self):
        kept = set(recorder.references)
        for _, _, outputs, *_ in recorder.nodes:
            kept.update(outputs)
        for event in recorder.events:
            for key in _FACTS_WITH_TENSORS:
                value = event.get(key, ())
                kept.update([value] if isinstance(value, int) else value)
        for module in recorder.modules:
            for kind in ("_parameters", "_buffers"):
                for tensor in module.__dict__.get(kind, {}).values():
                    if tensor is not None:
                        kept.update(
                            (tensor.identity, getattr(tensor, "made_from", tensor.identity))
                        )
            kept.update(module.__dict__.get("_first_buffers", {}).values())
        for optimizer in recorder.optimizers:
            for group in optimizer.param_groups:
                for parameter in group["params"]:
                    kept.update(
                        (parameter.identity, getattr(parameter, "made_from", parameter.identity))
                    )
            for group in optimizer.written_groups:
                kept.update(group["parameters"])
        self.order = sorted(kept)
        self._numbers = {identity: number for number, identity in enumerate(self.order)}

    def __getitem__(self, identity):
        return self._numbers[identity]

    def several(self, identities):
        return [self._numbers[identity] for identity in identities]

    def facts(self, facts):
        """The facts of an event, with numbers for its tensors."""
        numbered = dict(facts)
        for key in _FACTS_WITH_TENSORS:
            if key in facts:
                value = facts[key]
                numbered[key] = self[value] if isinstance(value, int) else self.several(value)
        return numbered

    def renumber_references(self):
        """Rewrites every mention of a tensor among recorded arguments, all at once."""
        for identity, reference in recorder.references.items():
            reference["tensor"] = self._numbers[identity]
