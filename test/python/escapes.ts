/**
 * Ways from Python to the host that were tried: each may end in any error, but never with anything of the host. A line
 * of the host that is read would hold `CANARY`, the address of a file.
 */
export const ESCAPES: Readonly<Record<string, string>> = {
  'import js; js.process': String.raw`import js; print(js.process.pid)`,
  'js.process.exit': String.raw`import js; print('HAS exit', js.process.exit)`,
  'js.require child_process': String.raw`import js; print(js.require('child_process').execSync('id').toString()[:20])`,
  'js.process.mainModule/getBuiltinModule': String.raw`import js; print(js.process.getBuiltinModule('fs').readFileSync('CANARY_FILE','utf8'))`,
  'js.process.binding': String.raw`import js; print(js.process.binding('fs'))`,
  'run_js process': String.raw`from pyodide.code import run_js; print(run_js("process.version"))`,
  'run_js import fs': String.raw`from pyodide.code import run_js
p=run_js("globalThis.__r=null; import('node:fs').then(m=>{globalThis.__r=m.readFileSync('CANARY_FILE','utf8')},e=>{globalThis.__r='ERR '+e})"); print('promise', p)`,
  'Function ctor': String.raw`import js; print(js.Object.constructor.constructor('return typeof process')())`,
  'pyodide_js FS mount NODEFS': String.raw`import pyodide_js as p
p.FS.mkdirTree('/host'); p.FS.mount(p.FS.filesystems.NODEFS, __import__('pyodide').ffi.to_js({'root':'CANARY_FOLDER'},dict_converter=__import__('js').Object.fromEntries), '/host'); print(open('/host/canary').read())`,
  'pyodide_js.mountNodeFS': String.raw`import pyodide_js as p
p.mountNodeFS('/host2','CANARY_FOLDER'); print(open('/host2/hostname').read())`,
  'pyodide_js._module': String.raw`import pyodide_js as p; print(p._module.HEAP8.length)`,
  _pyodide_core: String.raw`import _pyodide_core as c; print([n for n in dir(c) if not n.startswith('__')][:40])`,
  'pyodide.ffi / run_sync': String.raw`import pyodide.ffi as f; print(f.JsProxy, f.run_sync)`,
  'pyodide.http pyfetch': String.raw`import pyodide.http as h; print(h.open_url('http://127.0.0.1:9/'))`,
  'js.fetch': String.raw`import js; print(js.fetch('http://127.0.0.1:9/'))`,
  'js.WebSocket': String.raw`import js; print(js.WebSocket)`,
  'js.XMLHttpRequest': String.raw`import js; print(js.XMLHttpRequest)`,
  socket: String.raw`import socket; s=socket.create_connection(('127.0.0.1',9),1); print(s); s.send(b'x')`,
  urllib: String.raw`import urllib.request as u; print(u.urlopen('http://127.0.0.1:9/',timeout=1))`,
  micropip: String.raw`import pyodide_js as p; print(p.loadPackage('numpy'))`,
  'ctypes CDLL': String.raw`import ctypes; l=ctypes.CDLL(None); print(l.system, l.emscripten_run_script)`,
  'ctypes call em_run_script': String.raw`import ctypes; l=ctypes.CDLL(None); l.emscripten_run_script.argtypes=[ctypes.c_char_p]; l.emscripten_run_script(b"globalThis.__pwn=typeof process"); print('called')`,
  'os.system': String.raw`import os; print(os.system('id'))`,
  'open host': String.raw`print(open('CANARY_FILE').read())`,
  proc: String.raw`import os; print(os.listdir('/'), os.environ.get('HOME'), len(os.environ))`,
  'gc JsProxy': String.raw`import gc
from pyodide.ffi import JsProxy
print([type(o).__name__ for o in gc.get_objects() if type(o).__name__.startswith('JsProxy')][:5])`,
  'sys.modules search': String.raw`import sys; print([n for n in sys.modules if 'js' in n and 'json' not in n])`,
  postMessage: String.raw`import js; js.postMessage('x'); print('posted')`,
  'parentPort via import': String.raw`from pyodide.code import run_js
run_js("import('node:worker_threads').then(m=>{m.parentPort.postMessage({evil:1})})"); print('sent')`,
  dlopen: String.raw`import ctypes; ctypes.CDLL('/tmp/x.so')`,
  'builtin reimport': String.raw`import importlib.machinery as m, _imp
s=m.BuiltinImporter.find_spec('_pyodide_core'); print(s); mod=_imp.create_builtin(s); print([n for n in dir(mod) if 'js' in n.lower() or 'run' in n.lower()][:20])`,
  'stack frames': String.raw`import sys
f=sys._getframe()
seen=[]
while f: seen+= [k for k,v in f.f_globals.items() if type(v).__name__.startswith('JsProxy')]; f=f.f_back
print(seen[:10])`,
  'walk js graph for host objects': String.raw`import js
from pyodide.ffi import JsProxy
seen=set(); hits=[]
def walk(o,path,d):
    if d>4: return
    try: names=[n for n in dir(o) if not n.startswith('__')]
    except BaseException: return
    for n in names:
        try: v=getattr(o,n)
        except BaseException: continue
        if not isinstance(v,JsProxy): continue
        k=v.js_id if hasattr(v,'js_id') else id(v)
        if k in seen: continue
        seen.add(k)
        if any(w in n for w in ('process','require','child_process','execSync','readFileSync')): hits.append(path+'.'+n)
        try:
            t=v.constructor.constructor
            try: r=t('return typeof process')(); hits.append(path+'.'+n+' -> '+str(r))
            except BaseException as e: pass
        except BaseException: pass
        walk(v,path+'.'+n,d+1)
walk(js,'js',0)
import pyodide_js; walk(pyodide_js,'pyodide_js',0)
print(len(seen), hits[:10])`,
  'error object realm': String.raw`from pyodide.code import run_js
try: run_js("null.x")
except BaseException as e:
    o=getattr(e,'js_error',e)
    try: print(e.constructor.constructor('return typeof process')())
    except BaseException as x: print('blocked', type(x).__name__, str(x)[:80])`,
  'fetch error realm': String.raw`import js
try: js.TextDecoder.new('nonsense').decode(js.Uint8Array.new(3))
except BaseException as e:
    try: print(e.constructor.constructor('return typeof process')())
    except BaseException as x: print('blocked', type(x).__name__, str(x)[:100])`,
  prepareStackTrace: String.raw`import js
js.Error.prepareStackTrace=lambda e,s:1
print(js.Error.prepareStackTrace)`,
};
